import time, faulthandler
from coodiag.tests.qgis.test_layouts_pdf import *  # noqa
def test_twice(made, tmp_path):
    faulthandler.dump_traceback_later(60, exit=True)
    for n in range(3):
        t=time.time(); export_series(made.layouts, tmp_path/"a.pdf", dpi=72, progress=silent(), context=made.context); print(n, time.time()-t, flush=True)
