"""A provider of OAuth 1.0a by Python's oauthlib, which verifies every request. Prints its port, then a line for each refusal."""

import json
import os
import sys
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlencode, urlparse

from oauthlib.oauth1 import RequestValidator, WebApplicationServer

SECRETS, PUBLIC_KEY = json.loads(os.environ["SECRETS"]), os.environ["PUBLIC_KEY"]
temporary, tokens, nonces = {}, {}, set()


class Validator(RequestValidator):
    enforce_ssl = False
    nonce_length = (20, 50)
    client_key_length = request_token_length = access_token_length = verifier_length = (1, 100)
    dummy_client = dummy_request_token = dummy_access_token = "nobody"
    realms = ["photos"]

    @property
    def allowed_signature_methods(self):
        return ("HMAC-SHA1", "HMAC-SHA256", "RSA-SHA1", "RSA-SHA256", "PLAINTEXT")

    def check_client_key(self, key):
        return True

    check_request_token = check_access_token = check_verifier = check_nonce = check_client_key

    def validate_client_key(self, key, request):
        return key in SECRETS

    def get_client_secret(self, key, request):
        return SECRETS.get(key, "")

    def get_rsa_key(self, key, request):
        return PUBLIC_KEY

    def validate_timestamp_and_nonce(self, key, timestamp, nonce, request, request_token=None, access_token=None):
        is_new = nonce not in nonces
        nonces.add(nonce)
        return is_new

    def validate_redirect_uri(self, key, uri, request):
        return True

    def validate_requested_realms(self, key, realms, request):
        return True

    def get_default_realms(self, key, request):
        return []

    def validate_realms(self, key, token, request, uri=None, realms=None):
        return True

    def save_request_token(self, token, request):
        temporary[token["oauth_token"]] = {"secret": token["oauth_token_secret"], "callback": request.redirect_uri}

    def validate_request_token(self, key, token, request):
        return token in temporary

    def get_request_token_secret(self, key, token, request):
        return temporary.get(token, {}).get("secret", "")

    def verify_request_token(self, token, request):
        return token in temporary

    def get_redirect_uri(self, token, request):
        return temporary[token]["callback"]

    def get_realms(self, token, request):
        return []

    def verify_realms(self, token, realms, request):
        return True

    def save_verifier(self, token, verifier, request):
        temporary[token]["verifier"] = verifier["oauth_verifier"]

    def validate_verifier(self, key, token, verifier, request):
        return temporary.get(token, {}).get("verifier") == verifier

    def invalidate_request_token(self, key, token, request):
        temporary.pop(token, None)

    def save_access_token(self, token, request):
        tokens[token["oauth_token"]] = token["oauth_token_secret"]

    def validate_access_token(self, key, token, request):
        return token in tokens

    def get_access_token_secret(self, key, token, request):
        return tokens.get(token, "")


server = WebApplicationServer(Validator())


class Handler(BaseHTTPRequestHandler):
    def answer(self):
        path = urlparse(self.path).path
        body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
        uri = "http://%s%s" % (self.headers["host"], self.path)
        asked = (uri, self.command, body, dict(self.headers))
        if path == "/request_token":
            return self.send(*server.create_request_token_response(*asked, credentials={}))
        if path == "/authorize":
            answer = server.create_authorization_response(*asked, realms=[], credentials={"resource_owner_key": parse_qs(urlparse(self.path).query)["oauth_token"][0]})
            return self.send(*answer)
        if path == "/access_token":
            return self.send(*server.create_access_token_response(*asked, credentials={}))
        is_valid, _ = server.validate_protected_resource_request(*asked, realms=["photos"])
        self.send({}, json.dumps({"id": str(uuid.uuid4()), "name": "Of oauthlib"}), 200 if is_valid else 401)

    do_GET = do_POST = answer

    def send(self, headers, body, status):
        if status >= 400:
            print("refused", self.command, urlparse(self.path).path, status, body, flush=True)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write((body or "").encode())

    def log_message(self, *_):
        pass


http = HTTPServer(("127.0.0.1", 0), Handler)
print(http.server_port, flush=True)
http.serve_forever()
