"""The environment of every kernel, however it is started: what makes the same inputs give the same bytes."""

# One thread a kernel: the runs are what is parallel, and sums over several threads differ in the last digit.
ONE_THREAD = dict.fromkeys(
    ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "NUMEXPR_NUM_THREADS"], "1"
)
ENVIRONMENT = {
    **ONE_THREAD,
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # else pyarrow's import begins a thread, and none may fork
    "PYTHONHASHSEED": "0",  # the order of sets
    "PYTHONUTF8": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # any other backend draws nothing, without an error
    "SOURCE_DATE_EPOCH": "315532800",  # matplotlib writes this date (1980-01-01) into figures instead of today's
}
