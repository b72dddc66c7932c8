"""Response scales are recognised in whatever words and spellings, always from low to high."""

import pytest

from helpers.extracts.drafting.scales.recognised import recognised

LOW_TO_HIGH = {
    "agreement, four points": ["Strongly disagree", "Disagree", "Agree", "Strongly agree"],
    "agreement, five": ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"],
    "agreement, six": ["Strongly disagree", "Disagree", "Slightly disagree", "Slightly agree", "Agree",
                       "Strongly agree"],
    "agreement, seven": ["Strongly disagree", "Disagree", "Somewhat disagree", "Neutral", "Somewhat agree", "Agree",
                         "Strongly agree"],
    "agreement, tending": ["Strongly disagree", "Tend to disagree", "Neither agree nor disagree", "Tend to agree",
                           "Strongly agree"],
    "agreement, shouted": ["STRONGLY DISAGREE", "DISAGREE", "AGREE", "STRONGLY AGREE"],
    "agreement, as code": ["strongly_disagree", "disagree", "agree", "strongly_agree"],
    "agreement, turned": ["Disagree strongly", "Disagree", "Agree", "Agree strongly"],
    "frequency": ["Never", "Rarely", "Sometimes", "Often", "Always"],
    "frequency, of fliers": ["Never", "Once in a while", "About half the time", "Usually", "Always"],
    "frequency, of wellbeing": ["None of the time", "Rarely", "Some of the time", "Often", "All of the time"],
    "how often": ["Never", "Less than once a week", "Once a week", "2-3 times a week", "Daily"],
    "how often, in words": ["Less often than monthly", "Monthly", "Weekly", "Daily"],
    "how often, of fliers": ["Never", "Once a year or less", "Once a month or less", "A few times per month",
                             "A few times per week", "Every day"],
    "quality": ["Very poor", "Poor", "Fair", "Good", "Very good", "Excellent"],
    "six points": ["Unsatisfactory", "Weak", "Adequate", "Good", "Very good", "Excellent"],
    "six points, the older word": ["Weak", "Satisfactory", "Good", "Excellent"],
    "satisfaction": ["Very dissatisfied", "Dissatisfied", "Neither satisfied nor dissatisfied", "Satisfied",
                     "Very satisfied"],
    "satisfaction, one-sided": ["Not at all satisfied", "Not very satisfied", "Fairly satisfied", "Very satisfied"],
    "importance": ["Not at all important", "Slightly important", "Moderately important", "Very important",
                   "Extremely important"],
    "likelihood": ["Very unlikely", "Unlikely", "Neither likely nor unlikely", "Likely", "Very likely"],
    "likelihood, in words": ["Definitely not", "Probably not", "Might or might not", "Probably", "Definitely"],
    "confidence": ["Not at all confident", "Not very confident", "Fairly confident", "Very confident"],
    "extent": ["Not at all", "A little", "A moderate amount", "A lot", "A great deal"],
    "extent, to the end": ["Not at all", "Slightly", "Moderately", "Completely"],
    "change": ["Got worse", "Stayed the same", "Improved"],
    "change, by degrees": ["Much worse", "A little worse", "About the same", "A little better", "Much better"],
    "ease": ["Very difficult", "Difficult", "Easy", "Very easy"],
    "favour": ["Very unfavorably", "Somewhat unfavorably", "Neither favorably nor unfavorably (neutral)",
               "Somewhat favorably", "Very favorably"],
    "no, yes and very": ["No, not rude at all", "Yes, somewhat rude", "Yes, very rude"],
    "no, partly, yes": ["No", "Yes, to some extent", "Yes, definitely"],
    "no, sometimes, yes": ["No", "Sometimes", "Yes"],
    "numbers before": ["1 - Strongly disagree", "2 - Disagree", "3", "4 - Agree", "5 - Strongly agree"],
    "numbers with a colon": ["1: unsatisfactory", "2: weak", "5: very good"],
    "numbers behind": ["Poor (1)", "Good (4)", "Very good (5)"],
    "numbers and an equals sign": ["1=Disagree", "4=Tend to agree", "5=Agree"],
    "only the ends in words": ["1 - Rough", "2", "3", "4", "5 - Smooth"],
    "a scale with two bare numbers": ["Unsatisfactory", "2", "Adequate", "Good", "5: Very good", "6"],
    "true of me": ["Not true", "Somewhat true", "Certainly true"],
    "never heard of before": ["Not at all snorky", "Slightly snorky", "Snorky", "Very snorky"],
    "ages": ["18-29", "30-44", "45-60", "> 60"],
    "ages, said": ["Under 18", "18 to 24", "25–34 years", "65 and over"],
    "incomes": ["$0 - $24,999", "$25,000 - $49,999", "$50,000 - $99,999", "$100,000 - $149,999", "$150,000+"],
    "an income that a spreadsheet spoiled": ["$0 - $24,999", "$100,000 - $149,999", "150000"],
    "time in the job": ["Less than 6 months", "6 months to 1 year", "1 year but less than 3 years", "3 years or more"],
    "numbers in words": ["Under ten", "Tens", "Hundreds", "Thousands", "Tens of thousands"],
    "children": ["None", "1 child", "2 children", "3 or more children"],
    "heights": ["Under 5 ft.", "5'2\"", "5'10\"", "6'0\"", "6'6\" and above"],
}


@pytest.mark.parametrize("labels", LOW_TO_HIGH.values(), ids=LOW_TO_HIGH)
def test_labels_are_put_from_low_to_high_however_they_come(labels):
    found = recognised(sorted(labels, reverse=True))
    assert found is not None
    assert sorted(labels, key=found.places.__getitem__) == labels
    assert len(set(found.places.values())) == len(labels)


@pytest.mark.parametrize("labels", [
    ["Male", "Female"], ["Team 1", "Team 2", "Team 3"], ["CPP_01", "CPP_02"], ["North", "South"], ["A", "B", "C"],
    ["Social work only", "All services"], ["Web link", "Email", "Preview"], ["Han", "Greedo"], ["L1", "L11", "L3"],
    ["1", "2", "3"], ["[note 1]", "[notes 1, 2]"], ["Agree", "Blue", "Green"],
    ["Very satisfied", "Dissatisfied", "Not at all satisfied"],
], ids=lambda labels: labels[0])
def test_labels_without_a_sure_order_get_none(labels):
    assert recognised(labels) is None


@pytest.mark.parametrize("alike", [
    ["Strongly agree", " strongly  AGREE", "strongly_agree", "Agree strongly", "5 - Strongly agree", "SA"],
    ["Not at all rude", "not rude at all"], ["Adequate", "Satisfactory", "3: adequate"],
    ["Neither agree nor disagree", "Neutral", "neither agree or disagree"],
], ids=lambda labels: labels[0])
def test_spellings_of_one_level_are_one_level(alike):
    rest = {"Strongly agree": ["Agree", "Strongly disagree"], "Not at all rude": ["Very rude"],
            "Adequate": ["Weak", "Good"], "Neither agree nor disagree": ["Agree", "Disagree"]}[alike[0]]
    found = recognised([*alike, *rest])
    assert found is not None
    assert len({found.places[label] for label in alike}) == 1
    assert len(set(found.places.values())) == 1 + len(rest)


def test_difficulty_is_high_where_difficulty_is_asked():
    labels = ["Very easy", "Easy", "Difficult", "Very difficult"]
    asked = recognised(labels, "how difficult was it to get help?")
    assert asked is not None
    assert sorted(labels, key=asked.places.__getitem__) == labels
