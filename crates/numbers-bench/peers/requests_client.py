"""Makes Synthflow's call with requests: the base URL, fresh or kept, and how many calls."""

import sys

import requests

base, mode, calls = sys.argv[1], sys.argv[2], int(sys.argv[3])
headers = {"Authorization": "Bearer sk-0123456789abcdef0123456789abcdef"}


def call(session):
    session.trust_env = False
    response = session.delete(f"{base}/numbers/33782990580", headers=headers, timeout=30)
    response.raise_for_status()
    assert response.json()["status"] == "ok"


if mode == "kept":
    shared = requests.Session()
    for _ in range(calls):
        call(shared)
else:
    for _ in range(calls):
        # What requests.delete does: a session, and so a connection, for each call.
        with requests.Session() as session:
            call(session)
