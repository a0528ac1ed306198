"""Mail over a real server: what arrives is what was written; what goes wrong is a value; nothing is smuggled in."""

from __future__ import annotations

import re
import shutil
import ssl
import subprocess
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from email.utils import parseaddr
from pathlib import Path

import pytest
from delivery_making import NAME, SUBJECT, TEXT, message, smtp
from hypothesis import given, settings
from hypothesis import strategies as st
from mail_server import Mailbox, cutting_server, free_port, mail_server
from press_server import NOW

from monitor.deliver import mail
from monitor.labels import label
from monitor.model.delivery import Attachment, Failure, FailureKind, Message, Security, Sent, SmtpSettings, one_line


def send(settings: SmtpSettings, one: Message, password: str = "", **files: bytes) -> Sent | Failure:
    return mail.send(settings, one, password=password, files=files, now=NOW)


def mailbox(whole: bytes, header: str) -> tuple[str, str]:
    """Name and address as RFC 2047 has them read; the newer parser of Python keeps the blank of a fold in a name."""
    name, address = parseaddr(message_from_bytes(whole)[header])
    return str(make_header(decode_header(name))), address


def failed(outcome: Sent | Failure) -> Failure:
    assert isinstance(outcome, Failure)
    return outcome


def test_a_mail_arrives_with_every_vietnamese_letter_and_its_files() -> None:
    page = "<p>Điểm tin đầy đủ</p>".encode()
    attached = Attachment(name="diem-tin-12.html", media_type="text/html", sha256="x")
    with mail_server() as box:
        assert isinstance(send(smtp(box.port), message(attachments=(attached,)), x=page), Sent)
    (got,) = box.mails
    assert got["Subject"] == SUBJECT
    assert mailbox(box.raw[0], "To") == (NAME, "thuongvu@laocai.test")
    assert box.to == ["thuongvu@laocai.test"]
    assert mailbox(box.raw[0], "From") == ("Ban Tuyên giáo Công đoàn", "diemtin@congdoan.test")
    assert got["Message-ID"] == "<abc@congdoan.test>"
    assert got["Auto-Submitted"] == "auto-generated"
    assert "edition.congdoan.test" in got["List-Id"]
    assert got["Date"].datetime == NOW.replace(microsecond=0)
    plain, html = got.get_body(("plain",)), got.get_body(("html",))
    assert plain and plain.get_content().splitlines() == TEXT.splitlines()
    assert html and html.get_content().splitlines() == f"<p>{TEXT}</p>".splitlines()
    (file,) = got.iter_attachments()
    assert file.get_filename() == "diem-tin-12.html"
    assert file.get_content().strip() == page.decode()
    assert box.raw[0].isascii()
    assert max(map(len, box.raw[0].splitlines())) <= 78


letters = st.text(
    st.sampled_from('Điểm tin báo chí ở Ỷ Tý, “nội bộ” (lưu hành) – 12/2026 =?utf-8?b?😀<>@;:\\"'), max_size=200
)


@settings(max_examples=150, deadline=None)
@given(subject=letters.map(str.strip), name=letters.map(lambda s: " ".join(s.split())))
def test_whatever_stands_in_subject_and_name_is_read_back_as_it_was(subject: str, name: str) -> None:
    whole = mail.whole(smtp(25), message(subject=subject, reader=name), files={}, now=NOW)
    got = message_from_bytes(whole, policy=default)
    assert got["Subject"] == subject
    assert mailbox(whole, "To") == (name, "thuongvu@laocai.test")
    head = whole.partition(b"\r\n\r\n")[0]
    assert all(len(word) <= 75 for word in re.findall(rb"=\?utf-8\?b\?[^?]*\?=", head))


@pytest.mark.parametrize(
    "bad",
    [
        {"subject": "Điểm tin\r\nBcc: ai@do.test"},
        {"subject": "Điểm tin\nBcc: ai@do.test"},
        {"subject": "Điểm tin\x00"},
        {"subject": "Điểm tin\u2028Bcc: ai@do.test"},
        {"reader": "Ban\r\nBcc: ai@do.test"},
        {"address": "a@b.test\r\nBcc: ai@do.test"},
        {"address": "a@b.test>\r\nRCPT TO:<ai@do.test"},
        {"address": "a@b.test, ai@do.test"},
        {"address": "a@b@do.test"},
        {"address": "<a@b.test>"},
        {"address": ""},
        {"message_id": "<a@b>\r\nBcc: ai@do.test"},
    ],
)
def test_nothing_is_smuggled_into_the_head_or_the_conversation(bad: dict[str, str]) -> None:
    with mail_server() as box:
        assert failed(send(smtp(box.port), message(**bad))).kind is FailureKind.PERMANENT
    assert not box.raw


def test_a_sender_that_is_no_address_is_refused() -> None:
    assert failed(send(smtp(9, sender="x\n@y.test"), message())).kind is FailureKind.PERMANENT
    assert failed(send(smtp(9, sender_name="x\r\ny"), message())).kind is FailureKind.PERMANENT


@pytest.mark.parametrize(
    ("at_rcpt", "at_data", "kind"),
    [
        (["451 try later"], [], FailureKind.TEMPORARY),
        (["550 no such user"], [], FailureKind.PERMANENT),
        ([], ["452 disk full"], FailureKind.TEMPORARY),
        ([], ["554 looks like spam"], FailureKind.PERMANENT),
    ],
)
def test_the_server_s_code_says_whether_it_may_pass(at_rcpt: list[str], at_data: list[str], kind: FailureKind) -> None:
    with mail_server() as box:
        box.at_rcpt, box.at_data = at_rcpt, at_data
        said = failed(send(smtp(box.port), message()))
    assert (said.kind, said.closed) == (kind, False)
    assert re.search(r"451|550|452|554", said.reason)


def test_a_server_that_is_not_there_shuts_the_way_and_may_come_back() -> None:
    said = failed(send(smtp(free_port()), message()))
    assert (said.kind, said.closed) == (FailureKind.TEMPORARY, True)


def test_a_connection_cut_before_the_whole_was_sent_means_it_was_not_taken() -> None:
    attached = Attachment(name="x.bin", media_type="application/octet-stream", sha256="x")
    with cutting_server() as port:
        said = failed(send(smtp(port), message(attachments=(attached,)), x=b"\0" * 8_000_000))
    assert (said.kind, said.closed) == (FailureKind.TEMPORARY, False)


def test_a_connection_cut_where_the_answer_should_come_means_nobody_knows() -> None:
    with mail_server() as box:
        box.hangs_up = 1
        assert failed(send(smtp(box.port), message())).kind is FailureKind.UNKNOWN
    assert len(box.raw) == 1


def test_a_mail_that_may_have_arrived_says_so_and_keeps_its_id() -> None:
    with mail_server() as box:
        send(smtp(box.port), message(doubtful=True))
    (got,) = box.mails
    assert got["Subject"] == f"{SUBJECT} {label('delivery', 'repeat')}"
    assert got["X-Possible-Repeat"] == "yes"
    assert got["Message-ID"] == "<abc@congdoan.test>"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("openssl"):
        pytest.skip("openssl, which makes the certificate, is not there")
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=folder, check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return folder


@pytest.fixture
def secure(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return context


def guarded(box: Mailbox, certificate: Path, **facts: object) -> SmtpSettings:
    given = {
        "host": "localhost",
        "security": Security.STARTTLS,
        "user": "diemtin",
        "ca_file": str(certificate / "cert.pem"),
    }
    return smtp(box.port, **(given | facts))


def test_it_signs_in_over_starttls(certificate: Path, secure: ssl.SSLContext) -> None:
    with mail_server(secure) as box:
        assert isinstance(send(guarded(box, certificate), message(), "bí mật"), Sent)
    assert box.logins == [("diemtin", "bí mật")]


def test_a_wrong_password_shuts_the_way_and_is_not_repeated_to_anybody(
    certificate: Path, secure: ssl.SSLContext
) -> None:
    with mail_server(secure) as box:
        said = failed(send(guarded(box, certificate), message(), "sai-roi"))
    assert (said.kind, said.closed) == (FailureKind.TEMPORARY, True)
    assert "sai-roi" not in said.reason


def test_a_password_in_ascii_signs_in_too(certificate: Path, secure: ssl.SSLContext) -> None:
    with mail_server(secure) as box:
        box.password = "bi-mat"
        assert isinstance(send(guarded(box, certificate), message(), "bi-mat"), Sent)
    assert box.logins == [("diemtin", "bi-mat")]


def test_a_certificate_that_nobody_vouches_for_gets_no_password(certificate: Path, secure: ssl.SSLContext) -> None:
    with mail_server(secure) as box:
        said = failed(send(guarded(box, certificate, ca_file=""), message(), "bí mật"))
    assert said.closed and not box.logins and not box.raw


def test_a_server_without_starttls_gets_no_password_and_no_mail() -> None:
    with mail_server() as box:
        said = failed(send(smtp(box.port, security=Security.STARTTLS, user="x"), message(), "bí mật"))
    assert said.closed and not box.raw


def test_the_reason_of_a_failed_login_never_holds_the_password(certificate: Path, secure: ssl.SSLContext) -> None:
    with mail_server(secure) as box:
        assert "cà phê" not in failed(send(guarded(box, certificate), message(), "cà phê \ud800")).reason


@pytest.mark.parametrize("text", ["a\x7fb", "a\x85b", "a\ud800b", "a\tb"])
def test_what_could_end_a_line_or_steer_a_terminal_is_no_line(text: str) -> None:
    assert not one_line(text)
