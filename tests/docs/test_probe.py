import time
from starlette.testclient import TestClient
def test_a(service, minh):
    t=time.perf_counter()
    with TestClient(service.app, base_url="http://testserver") as c:
        print("lifespan", time.perf_counter()-t)
        for p in ("/", "/hoi?q=khai sinh", "/thu-tuc", "/tra-cuu", "/docs", "/can-bo/dang-nhap","/healthz","/metrics","/openapi.json", "/khong-co", "/ket-qua?q=%00", "/tep/%00", "/tro-chuyen"):
            t=time.perf_counter()
            r=c.get(p)
            print(p, r.status_code, round(time.perf_counter()-t,3))
        t=time.perf_counter()
    print("close", time.perf_counter()-t)
def test_b(service, minh):
    test_a(service, minh)
