"""Makes the nine shipped templates again: python reports/papers/build.py [FOLDER]

Not needed at run time: staff open the .docx files in Word and change the wording there. Here the wording is kept in
a form that can be compared and reviewed; a test holds the two equal. A template is a list of blocks: (style, text)
is a paragraph of a style of rules/layout.yaml, ``Grid`` a table with one row for each of a list.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt

from monitor.model.layout import Layout
from monitor.word.blocks import Block, Grid, each, when
from monitor.word.making import Maker, Signing, write_all


def head(text: str) -> Block:
    """A numbered heading."""
    return ("heading", "{{ section() }}. " + text)


WORKS: list[Block] = each(
    "work in body.works",
    ("body", "- {{ work | work | upper_first | sentence }}"),
    *when("work.url", ("link", "{{ work.url }}")),
)
ADMITTED: list[Block] = each(
    "line in body.admitted",
    ("body", "{{ letter(loop.index) }}) {{ line.quote | quoted | sentence }}"),
    *when("line.measure", ("body", "Biện pháp đã, đang thực hiện: {{ line.measure | sentence }}")),
)


def claims(field: str, before: str) -> list[Block]:
    """Each disputed passage, what is so, on what that rests, and what is to be said of it."""
    return each(
        f"claim in {field}",
        ("body", "{{ letter(loop.index) }}) " + before + " {{ claim.quote | quoted | sentence }}"),
        *when("claim.fact", ("body", "Kết quả xác minh: {{ claim.fact | sentence }}")),
        *when("claim.source", ("body", "Căn cứ: {{ claim.source | sentence }}")),
        *when(
            "claim.verdict or claim.harm",
            ("body", "Nội dung trên {{ [claim.verdict | bare, claim.harm | bare] | select | join(', ') | sentence }}"),
        ),
    )


DEMANDS: list[Block] = each(
    "demand in body.demands",
    (
        "body",
        "{{ letter(loop.index) }}) {{ demand.text | bare | upper_first }}"
        "{% if demand.deadline %}; thời hạn: {{ demand.deadline | bare }}{% endif %}"
        "{% if demand.basis %} (theo {{ demand.basis | bare }}){% endif %}{{ '.' if loop.last else ';' }}",
    ),
)
ON_BEHALF: list[Block] = when(
    "body.on_behalf_of",
    (
        "body",
        "{{ issuer.short | upper_first }} gửi văn bản này thay mặt {{ body.on_behalf_of | bare }}, "
        "theo văn bản ủy quyền gửi kèm.",
    ),
)
ATTACHMENTS: list[Block] = when(
    "paper.attachments",
    ("body", "Tài liệu gửi kèm:"),
    *each("one in paper.attachments", ("body", "- {{ one | bare }}{{ '.' if loop.last else ';' }}")),
)
CONTACT: list[Block] = when("paper.contact", ("body", "Thông tin trao đổi xin liên hệ: {{ paper.contact | sentence }}"))
BASED = "{% if body.basis %}Căn cứ {{ body.basis | join('; ') | bare }}, {% endif %}"
SHORT = "{{ (issuer.short if body.basis else issuer.short | upper_first) }}"
CALLED = "{{ issuer.name }}{% if issuer.short != issuer.name %} (sau đây gọi tắt là {{ issuer.short }}){% endif %}"


def to(word: str = "Kính gửi") -> list[Block]:
    """One addressee on the line, several below it."""
    return when(
        "paper.addressees | length == 1",
        ("to", word + ": {{ paper.addressees[0] | bare }}"),
        other=(
            *when(
                "paper.addressees",
                ("to", word + ":"),
                *each("one in paper.addressees", ("to_line", "- {{ one | bare }}{{ '.' if loop.last else ';' }}")),
                ("gap", ""),
            ),
        ),
    )


def named(title: str) -> list[Block]:
    """The name of the paper and its line below."""
    return [("title", title), ("summary", "{{ summary }}"), ("rule summary", "")]


REQUEST: list[Block] = [
    *to(),
    ("tag", "{%p if body.addressee == 'press' %}"),
    (
        "body",
        "Qua theo dõi thông tin trên báo chí, " + CALLED + " ghi nhận {{ body.honorific }} đã đăng, phát "
        "{{ 'tác phẩm' if body.works | length == 1 else 'các tác phẩm' }} sau:",
    ),
    ("tag", "{%p elif body.addressee == 'aggregator' %}"),
    (
        "body",
        "Qua theo dõi thông tin trên mạng, " + CALLED + " ghi nhận trang thông tin điện tử tổng hợp của "
        "{{ body.honorific }} đã đăng lại {{ 'tác phẩm' if body.works | length == 1 else 'các tác phẩm' }} sau:",
    ),
    ("tag", "{%p elif body.addressee == 'social' %}"),
    (
        "body",
        "Qua theo dõi thông tin trên mạng xã hội, " + CALLED + " ghi nhận {{ body.honorific }} đã đăng nội dung sau:",
    ),
    ("tag", "{%p else %}"),
    ("body", "Qua theo dõi thông tin trên báo chí, mạng xã hội, " + CALLED + " ghi nhận nội dung đăng, phát sau:"),
    ("tag", "{%p endif %}"),
    *WORKS,
    *ON_BEHALF,
    *when(
        "body.informs",
        (
            "body",
            "{{ issuer.short | upper_first }} gửi văn bản này để thông tin, không thực hiện quyền phản hồi thay cho "
            "tổ chức, cá nhân có liên quan.",
        ),
    ),
    ("body", "Sau khi kiểm tra, xác minh, {{ issuer.short }} có ý kiến như sau:"),
    *when(
        "body.admitted",
        head("Nội dung phản ánh đúng"),
        ("body", "{{ issuer.short | upper_first }} tiếp thu những nội dung sau:"),
        *ADMITTED,
    ),
    *when("body.claims", head("Nội dung chưa chính xác"), *claims("body.claims", "Nội dung đã đăng, phát:")),
    *when(
        "body.demands",
        head("Đề nghị"),
        (
            "body",
            BASED + SHORT + " đề nghị {{ body.honorific }}"
            "{{ ' xem lại nội dung đã đăng và' if body.addressee == 'social' else '' }}:",
        ),
        *DEMANDS,
    ),
    *when(
        "body.response_attached",
        (
            "body",
            "Gửi kèm văn bản này là Ý kiến phản hồi của {{ issuer.short }} để {{ body.honorific }} đăng, phát theo "
            "quy định.",
        ),
    ),
    *ATTACHMENTS,
    *CONTACT,
    ("body", "Trân trọng cảm ơn sự phối hợp của {{ body.honorific }}./."),
]

RESPONSE: list[Block] = [
    *named("Ý kiến phản hồi"),
    *when(
        "body.works | length == 1",
        (
            "body",
            "Về {{ body.works[0] | work }}, {{ issuer.name }}"
            "{% if body.on_behalf_of %}, theo ủy quyền của {{ body.on_behalf_of | bare }},{% endif %} "
            "có ý kiến phản hồi như sau:",
        ),
        other=(
            (
                "body",
                "{{ issuer.name }}{% if body.on_behalf_of %}, theo ủy quyền của {{ body.on_behalf_of | bare }},"
                "{% endif %} có ý kiến phản hồi về các tác phẩm sau:",
            ),
            *WORKS,
        ),
    ),
    *each(
        "line in body.admitted",
        ("body", "{{ section() }}. Tác phẩm nêu: {{ line.quote | quoted | sentence }} Nội dung này đúng."),
        *when("line.measure", ("body", "{{ line.measure | upper_first | sentence }}")),
    ),
    *each(
        "claim in body.claims",
        (
            "body",
            "{{ section() }}. Tác phẩm nêu: {{ claim.quote | quoted | sentence }}"
            "{% if claim.verdict %} Nội dung này {{ claim.verdict | sentence }}{% endif %}",
        ),
        *when("claim.fact", ("body", "Sự việc như sau: {{ claim.fact | sentence }}")),
        *when("claim.source", ("body", "Căn cứ: {{ claim.source | sentence }}")),
    ),
    (
        "body",
        "{% if body.closing %}{{ body.closing | bare }}{% else %}{{ issuer.name }} thông tin để {{ body.audience }} "
        "được biết{% endif %}./.",
    ),
]

REMINDER: list[Block] = [
    *to(),
    (
        "body",
        CALLED + " đã gửi {{ body.honorific }} {{ body.letters | join('; ') | bare }} về nội dung chưa chính xác trong "
        "{{ 'tác phẩm' if body.works | length == 1 else 'các tác phẩm' }} sau:",
    ),
    *WORKS,
    *when("body.received", ("body", "{{ body.honorific }} đã nhận được văn bản {{ body.received | sentence }}")),
    ("body", "Đến nay, {{ issuer.short }} chưa nhận được kết quả thực hiện những nội dung sau:"),
    *each(
        "demand in body.outstanding",
        (
            "body",
            "{{ letter(loop.index) }}) {{ demand.text | bare | upper_first }}"
            "{% if demand.deadline %}; thời hạn: {{ demand.deadline | bare }}{% endif %}"
            "{% if demand.basis %} (theo {{ demand.basis | bare }}){% endif %}{{ '.' if loop.last else ';' }}",
        ),
    ),
    (
        "body",
        "Đây là văn bản lần thứ {{ body.nth }}. {{ issuer.short | upper_first }} đề nghị {{ body.honorific }} thực "
        "hiện những nội dung nêu trên {{ body.deadline | bare }} và thông báo kết quả bằng văn bản.",
    ),
    *when("body.next_step", ("body", "{{ body.next_step | upper_first | sentence }}")),
    *ATTACHMENTS,
    *CONTACT,
    ("body", "Rất mong {{ body.honorific }} quan tâm, phối hợp thực hiện./."),
]

PETITION: list[Block] = [
    *to(),
    (
        "body",
        CALLED + " {{ 'báo cáo' if body.informs else 'báo cáo và kiến nghị' }} về nội dung báo chí, mạng xã hội đăng, "
        "phát liên quan đến tổ chức công đoàn như sau:",
    ),
    head("Nội dung đã đăng, phát"),
    *WORKS,
    *ON_BEHALF,
    head("Kết quả kiểm tra, xác minh"),
    *when("body.admitted", ("body", "Những nội dung phản ánh đúng, {{ issuer.short }} đã tiếp thu:"), *ADMITTED),
    *when("body.admitted and body.claims", ("body", "Những nội dung chưa chính xác:")),
    *claims("body.claims", "Nội dung đã đăng, phát:"),
    *when(
        "body.history",
        head("Việc đã thực hiện"),
        *each("step in body.history", ("body", "- {{ step | sentence }}")),
    ),
    head("{{ 'Đề xuất' if body.informs else 'Kiến nghị' }}"),
    (
        "body",
        BASED + SHORT + "{% if body.informs %} báo cáo để quý cơ quan nắm bắt, xử lý hoặc phối hợp xử lý theo quy định"
        "{{ '; đề nghị:' if body.demands else '.' }}{% else %} kiến nghị quý cơ quan:{% endif %}",
    ),
    *DEMANDS,
    *ATTACHMENTS,
    *CONTACT,
    ("body", "Kính đề nghị quý cơ quan quan tâm, xem xét./."),
]

SUBMISSION: list[Block] = [
    *named("Phiếu trình"),
    *to("Kính trình"),
    head("Nội dung vụ việc"),
    *WORKS,
    ("body", "{{ body.matter | sentence }}"),
    *when("body.findings", head("Kết quả xác minh"), *claims("body.findings", "Nội dung phản ánh:")),
    *when("body.opinion", head("Ý kiến tham mưu"), ("body", "{{ body.opinion | sentence }}")),
    head("Đề xuất"),
    *each(
        "one in body.proposals",
        ("body", "{{ letter(loop.index) }}) {{ one | upper_first | bare }}{{ '.' if loop.last else ';' }}"),
    ),
    *when("body.deadline", ("body", "Đề nghị cho ý kiến {{ body.deadline | sentence }}")),
    *when(
        "body.drafts or paper.attachments",
        head("Văn bản, tài liệu trình kèm"),
        *each("one in body.drafts + paper.attachments", ("body", "- {{ one | bare }}{{ '.' if loop.last else ';' }}")),
    ),
    ("body", "Kính trình xem xét, cho ý kiến chỉ đạo./."),
]

ASSIGNMENT: list[Block] = [
    *to(),
    (
        "body",
        "{% if body.directed_by %}Thực hiện ý kiến chỉ đạo của {{ body.directed_by | bare }}"
        "{% if body.direction %}: {{ body.direction | quoted }}{% endif %}, {% endif %}{{ issuer.name }} "
        "giao kiểm tra, xác minh thông tin báo chí, mạng xã hội phản ánh như sau:",
    ),
    head("Nội dung phản ánh"),
    *WORKS,
    *when(
        "body.quotes",
        ("body", "Những nội dung cần làm rõ:"),
        *each("quote in body.quotes", ("body", "- {{ quote | quoted }}{{ '.' if loop.last else ';' }}")),
    ),
    head("Yêu cầu xác minh"),
    *each(
        "question in body.questions",
        ("body", "{{ letter(loop.index) }}) {{ question | upper_first | bare }}{{ '.' if loop.last else ';' }}"),
    ),
    (
        "body",
        "Nội dung nào báo chí nêu đúng, nêu rõ nguyên nhân, trách nhiệm và giải pháp khắc phục; nội dung nào sai sự "
        "thật, không khách quan, nêu rõ thông tin đúng và căn cứ chứng minh.",
    ),
    head("Phân công"),
    ("body", "- Chủ trì: {{ body.lead | sentence }}"),
    *when("body.helpers", ("body", "- Phối hợp: {{ body.helpers | join('; ') | sentence }}")),
    head("Thời hạn, hình thức báo cáo"),
    (
        "body",
        "Báo cáo kết quả bằng văn bản, kèm tài liệu chứng minh, {{ body.deadline | bare }}"
        "{% if body.deadline_note %} ({{ body.deadline_note | bare }}){% endif %}.",
    ),
    *when("body.reply", ("body", "{{ body.reply | upper_first | sentence }}")),
    *ATTACHMENTS,
    *CONTACT,
    ("body", "Đề nghị các đơn vị, cá nhân được giao khẩn trương thực hiện./."),
]

MEASURES = (
    ("TT", 11.0, "{{ loop.index }}"),
    ("Biện pháp", 62.0, "{{ one.text }}"),
    ("Đơn vị, người thực hiện", 34.0, "{{ one.who }}"),
    ("Thời hạn", 27.0, "{{ one.due }}"),
    ("Kết quả", 31.0, "{{ one.result }}"),
)

VERIFICATION: list[Block] = [
    *named("Báo cáo"),
    *to(),
    head("Nội dung báo chí, mạng xã hội phản ánh"),
    *WORKS,
    head("Quá trình kiểm tra, xác minh"),
    *each("step in body.steps", ("body", "- {{ step | sentence }}")),
    head("Kết quả xác minh"),
    Grid(
        each="one in body.findings",
        columns=(
            ("TT", 11.0, "{{ loop.index }}"),
            ("Nội dung phản ánh", 54.0, "{{ one.quote | quoted }}"),
            ("Kết quả xác minh", 48.0, "{{ one.fact }}"),
            ("Căn cứ", 30.0, "{{ one.source }}"),
            ("Kết luận", 22.0, "{{ one.verdict }}"),
        ),
    ),
    ("gap", ""),
    ("body", "Kết luận chung: {{ body.verdict | sentence }}"),
    head("Nguyên nhân, trách nhiệm"),
    ("body", "{{ (body.causes or 'Không phát sinh') | sentence }}"),
    head("Giải pháp khắc phục"),
    *when(
        "body.remedies",
        Grid(each="one in body.remedies", columns=MEASURES),
        ("gap", ""),
        other=(("body", "Không phát sinh."),),
    ),
    head("Đề xuất, kiến nghị"),
    *when(
        "body.proposals",
        *each("one in body.proposals", ("body", "- {{ one | upper_first | bare }}{{ '.' if loop.last else ';' }}")),
        other=(("body", "Không có."),),
    ),
    *ATTACHMENTS,
    ("body", "Trên đây là kết quả kiểm tra, xác minh, {{ issuer.name }} báo cáo./."),
]

MINUTES: list[Block] = [
    *named("Biên bản"),
    ("body", "Thời gian bắt đầu: {{ body.opened | sentence }}"),
    ("body", "Địa điểm: {{ body.venue | sentence }}"),
    head("Thành phần tham dự"),
    *each(
        "one in body.present",
        (
            "body",
            "- {{ [one.name, one.title, one.party] | select | join(', ') | bare }}{{ '.' if loop.last else ';' }}",
        ),
    ),
    head("Nội dung làm việc"),
    ("body", "{{ body.purpose | upper_first | sentence }}"),
    *WORKS,
    head("Ý kiến của các bên"),
    *each("one in body.statements", ("body", "- {{ one.who | bare }}: {{ one.text | sentence }}")),
    *when("not body.statements", ("body", "Không có ý kiến.")),
    head("Nội dung thống nhất"),
    *each(
        "one in body.agreed",
        ("body", "{{ letter(loop.index) }}) {{ one | upper_first | bare }}{{ '.' if loop.last else ';' }}"),
    ),
    *when("not body.agreed", ("body", "Không có.")),
    *when(
        "body.open_points",
        head("Nội dung chưa thống nhất"),
        *each(
            "one in body.open_points",
            ("body", "{{ letter(loop.index) }}) {{ one | upper_first | bare }}{{ '.' if loop.last else ';' }}"),
        ),
    ),
    *ATTACHMENTS,
    (
        "body",
        "Buổi làm việc kết thúc{% if body.closed %} {{ body.closed | bare }}{% endif %}. Biên bản được lập thành "
        "{{ body.copies | two }} bản, các bên đã đọc lại, thống nhất nội dung và cùng ký tên./.",
    ),
]

REMEDY: list[Block] = [
    *to(),
    (
        "body",
        "{% if body.in_reply_to %}Phúc đáp {{ body.in_reply_to | bare }}{{ '; căn cứ ' if body.basis else ', ' }}"
        "{% elif body.basis %}Căn cứ {% endif %}{% if body.basis %}{{ body.basis | bare }}, {% endif %}" + CALLED + " "
        "thông báo kết quả kiểm tra, xác minh và biện pháp khắc phục đối với nội dung {{ body.honorific }} phản ánh:",
    ),
    *WORKS,
    head("Nội dung phản ánh đúng"),
    *ADMITTED,
    *when("body.others", head("Nội dung chưa chính xác"), *claims("body.others", "Nội dung đã đăng, phát:")),
    head("Biện pháp khắc phục"),
    *when(
        "body.measures",
        Grid(each="one in body.measures", columns=MEASURES),
        ("gap", ""),
        other=(("body", "Không phát sinh."),),
    ),
    *when("body.next_report", ("body", "{{ body.next_report | upper_first | sentence }}")),
    *ATTACHMENTS,
    *CONTACT,
    (
        "body",
        "{{ issuer.short | upper_first }} trân trọng cảm ơn {{ body.honorific }} đã phản ánh và mong tiếp tục nhận "
        "được sự quan tâm, phối hợp./.",
    ),
]

PAPERS: dict[str, list[Block]] = {
    "request_letter": REQUEST,
    "response_text": RESPONSE,
    "reminder": REMINDER,
    "petition": PETITION,
    "submission": SUBMISSION,
    "assignment": ASSIGNMENT,
    "verification_report": VERIFICATION,
    "minutes": MINUTES,
    "remedy_notice": REMEDY,
}


SIGNING = Signing(
    recipients="paper.recipients",
    recipient="- {{ one | bare }}{{ '.' if loop.last else ';' }}",
    chain="paper.head",
    mark="Mã kiểm tra hồ sơ: {{ paper.head }}",
    authority="paper.signature.authority",
    title="{{ paper.signature.title }}",
    name="{{ paper.signature.name }}",
)


class PaperMaker(Maker):
    """Puts the parts of a paper into a Word document."""

    def header(self, *, letter: bool) -> None:
        """The letterhead; number and date in a row of their own."""
        made = self.letterhead()
        subject = [("letter_subject", "V/v {{ about | bare }}")] if letter else []
        self.fill(
            made.cell(1, 0),
            ("number", "{{ number_line }}"),
            *subject,
            ("number", "{%p if paper.internal %}"),
            ("scope", "LƯU HÀNH NỘI BỘ"),
            ("number", "{%p endif %}"),
        )
        self.box(made.cell(1, 0).paragraphs[-2])
        self.fill(made.cell(1, 1), ("place_date", "{{ date_line }}"))

    def parties(self) -> None:
        """The signatures of a meeting's secretary and parties, two in a row."""
        made = self.table(3, self.layout.signature_columns, above=160)
        self.fill(made.cell(0, 0), ("authority", "{%tr for pair in body.signers | batch(2) %}"))
        self.fill(made.cell(2, 0), ("authority", "{%tr endfor %}"))
        for number in range(2):
            self.fill(
                made.cell(1, number),
                ("authority", f"{{%p for one in pair[{number}:{number + 1}] %}}"),
                ("authority", "{{ one.title }}"),
                ("signer", "{{ one.name }}"),
                ("authority", "{%p endfor %}"),
                ("gap", ""),
            )

    def opinion(self) -> None:
        """Lines on which a leader writes by hand."""
        self.paragraph(self.document, "heading", "Ý kiến của lãnh đạo:").paragraph_format.space_before = Pt(12)
        for _ in range(4):
            line = self.paragraph(self.document, "blank", "\t")
            line.paragraph_format.tab_stops.add_tab_stop(
                Mm(self.layout.page.body_width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
            )


def make(kind: str, layout: Layout) -> bytes:
    """The template of one kind."""
    maker = PaperMaker(layout)
    blocks = PAPERS[kind]
    maker.header(letter=not any(block == ("summary", "{{ summary }}") for block in blocks))
    maker.blocks(blocks)
    if kind == "minutes":
        maker.parties()
        maker.paragraph(maker.document, "gap", "")
    maker.sign(SIGNING)
    if kind == "submission":
        maker.opinion()
    maker.end()
    return maker.made()


if __name__ == "__main__":
    write_all(Path(__file__), {f"{kind}.docx": partial(make, kind) for kind in PAPERS})
