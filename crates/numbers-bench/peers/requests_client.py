"""Makes Synthflow's call with requests: the base URL and how many calls."""

import sys

import requests

base, calls = sys.argv[1], int(sys.argv[2])
session = requests.Session()
session.trust_env = False
headers = {"Authorization": "Bearer sk-0123456789abcdef0123456789abcdef"}
for _ in range(calls):
    response = session.delete(f"{base}/numbers/33782990580", headers=headers, timeout=30)
    response.raise_for_status()
    assert response.json()["status"] == "ok"
