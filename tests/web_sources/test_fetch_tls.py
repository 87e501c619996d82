"""https: the certificate must be for the name, and from an authority that is known."""

import ssl
import subprocess

import pytest
from raw_server import RawServer, page

from knowledge.errors import Unreachable

TEXT = "मानसून केरल पहुँचा"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate for samachar.example that no authority has signed, with its key in the same file."""
    file = tmp_path_factory.mktemp("tls") / "samachar.pem"
    wanted = (
        "-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=samachar.example"
    )
    name = "subjectAltName=DNS:samachar.example"
    try:
        subprocess.run(
            ["openssl", "req", *wanted.split(), "-addext", name, "-keyout", file, "-out", f"{file}.crt"],
            check=True,
            capture_output=True,
        )
    except FileNotFoundError:
        pytest.skip("openssl makes the certificate, and isn't installed")
    return file


@pytest.fixture
def tls_server(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{certificate}.crt", certificate)
    with RawServer({"/": page(TEXT)}, tls=context) as server:
        yield server


def test_https_is_checked_against_the_name_and_connected_to_the_address(
    make_fetcher, names, tls_server, certificate
):
    names["samachar.example"] = names["other.example"] = ["127.0.0.1"]
    trusting = ssl.create_default_context(cafile=f"{certificate}.crt")
    fetcher = make_fetcher(ssl_context=trusting, allowed_hosts=("samachar.example", "other.example"))

    assert fetcher.get(tls_server.url("/", "samachar.example")).body.decode() == f"<p>{TEXT}</p>"
    with pytest.raises(Unreachable, match="Hostname mismatch"):
        fetcher.get(tls_server.url("/", "other.example"))


def test_a_certificate_of_unknown_origin_is_refused(make_fetcher, names, tls_server):
    names["samachar.example"] = ["127.0.0.1"]

    with pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED"):
        make_fetcher(allowed_hosts=("samachar.example",)).get(tls_server.url("/", "samachar.example"))
    assert tls_server.asked == []
