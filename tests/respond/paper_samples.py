"""Invented papers of every kind, as a case might fill them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from monitor.model.event import Head
from monitor.model.paper import (
    AdmittedLine,
    Attendee,
    ClaimLine,
    DemandLine,
    DisputedWork,
    Issuer,
    Letterhead,
    MeasureLine,
    PaperBody,
    PaperContent,
    PaperKind,
    Recipient,
    Signature,
    Statement,
)
from monitor.model.paper_bodies import (
    AssignmentBody,
    MinutesBody,
    PetitionBody,
    RemedyBody,
    ReminderBody,
    RequestBody,
    ResponseBody,
    SubmissionBody,
    VerificationBody,
)
from monitor.model.request import AddresseeKind
from monitor.model.source import Medium

FEDERATION = Issuer(
    letterhead=Letterhead(
        superior="Tổng Liên đoàn Lao động Việt Nam",
        name="Liên đoàn Lao động tỉnh Lào Cai",
        place="Lào Cai",
        symbol="LĐLĐ-TG",
    ),
    name="Liên đoàn Lao động tỉnh Lào Cai",
    short="LĐLĐ tỉnh",
)
UNIT = Issuer(
    letterhead=Letterhead(
        superior="Liên đoàn Lao động tỉnh Bà Rịa - Vũng Tàu",
        name="Công đoàn cơ sở Công ty Trách nhiệm hữu hạn một thành viên May mặc xuất khẩu Hải Vân Sơn Dương",
        place="Vũng Tàu",
        symbol="CĐCS",
    ),
    name="Công đoàn cơ sở Công ty TNHH một thành viên May mặc xuất khẩu Hải Vân Sơn Dương",
    short="Công đoàn Công ty",
    unit=True,
)
WORK = DisputedWork(
    outlet="Báo Tin Vùng Cao",
    title="Công nhân Khu công nghiệp Đông Phố kêu cứu vì công đoàn “bỏ quên” quà Tết",
    column="Đời sống công nhân",
    published="đăng ngày 05 tháng 11 năm 2026",
    url="https://tinvungcao.example.vn/doi-song/cong-nhan-khu-cong-nghiep-dong-pho-keu-cuu-vi-cong-doan-bo-quen-20261105081500123.html",
)
AIRED = DisputedWork(
    outlet="Báo và Phát thanh, Truyền hình Sông Lam",
    title="Tiếng nói từ xóm trọ",
    medium=Medium.RADIO,
    form="phóng sự",
    column="Thời sự sáng",
    published="phát sóng lúc 05 giờ 30 phút ngày 06 tháng 11 năm 2026",
)
CLAIMS = (
    ClaimLine(
        quote="Suốt ba năm, công đoàn không tặng một suất quà Tết nào cho công nhân",
        fact="Trong ba năm 2024, 2025, 2026, Công đoàn cơ sở đã tặng 1.240 suất quà Tết, mỗi suất 500.000 đồng",
        source="Danh sách ký nhận quà các năm; báo cáo quyết toán đã được kiểm tra ngày 12/10/2026",
        verdict="sai sự thật",
        harm="ảnh hưởng đến uy tín của tổ chức công đoàn",
    ),
    ClaimLine(
        quote="Chủ tịch Công đoàn cơ sở từ chối trả lời phóng viên.",
        fact="Phóng viên chưa liên hệ với Công đoàn cơ sở trước khi đăng bài.",
        source="Giải trình của Chủ tịch Công đoàn cơ sở ngày 07/11/2026",
        verdict="không khách quan",
    ),
)
ADMITTED = (
    AdmittedLine(
        quote="Bếp ăn ca tối nhiều hôm hết suất, công nhân phải ăn mì tôm",
        measure="Công đoàn cơ sở đã làm việc với Công ty ngày 08/11/2026; từ ngày 10/11/2026, bếp chuẩn bị đủ suất ăn "
        "theo danh sách đăng ký",
    ),
)
DEMANDS = (
    DemandLine(
        text="đăng Ý kiến phản hồi gửi kèm trên cùng chuyên mục đã đăng bài",
        deadline="ngay khi nhận được văn bản này",
        basis="khoản 1 Điều 21 Nghị định số 237/2026/NĐ-CP",
    ),
    DemandLine(
        text="cải chính, xin lỗi khi tự kiểm tra thấy thông tin nêu trên là sai",
        basis="Điều 19 Nghị định số 237/2026/NĐ-CP",
    ),
    DemandLine(
        text="trả lời LĐLĐ tỉnh bằng văn bản",
        deadline="15 ngày làm việc kể từ ngày nhận được văn bản này",
        basis="khoản 6 Điều 18 Nghị định số 237/2026/NĐ-CP",
    ),
)
BASIS = ("Luật Báo chí số 126/2025/QH15", "Nghị định số 237/2026/NĐ-CP ngày 26/6/2026 của Chính phủ")
MEASURES = (
    MeasureLine(
        text="Bổ sung suất ăn ca tối theo danh sách đăng ký hằng ngày",
        who="Ban Chấp hành Công đoàn cơ sở, Phòng Hành chính",
        due="10/11/2026",
        result="Đã thực hiện",
    ),
    MeasureLine(
        text="Công khai thực đơn, đơn giá suất ăn", who="Công đoàn cơ sở", due="30/11/2026", result="Đang thực hiện"
    ),
)

BODIES: dict[PaperKind, PaperBody] = {
    PaperKind.REQUEST_LETTER: RequestBody(
        addressee=AddresseeKind.PRESS,
        honorific="Quý Báo",
        works=(WORK,),
        claims=CLAIMS,
        demands=DEMANDS,
        admitted=ADMITTED,
        basis=BASIS,
        response_attached=True,
    ),
    PaperKind.RESPONSE_TEXT: ResponseBody(works=(WORK,), claims=CLAIMS, admitted=ADMITTED),
    PaperKind.REMINDER: ReminderBody(
        honorific="Quý Báo",
        works=(WORK, AIRED),
        letters=("Công văn số 07/LĐLĐ-TG ngày 09/11/2026",),
        received="ngày 10/11/2026",
        outstanding=DEMANDS[::2],
        deadline="trước ngày 15/12/2026",
        next_step="Sau thời hạn trên, LĐLĐ tỉnh sẽ kiến nghị cơ quan quản lý nhà nước về báo chí xem xét, kết luận",
    ),
    PaperKind.PETITION: PetitionBody(
        works=(WORK, AIRED),
        claims=CLAIMS,
        admitted=ADMITTED,
        demands=(
            DemandLine(text="xem xét, có văn bản kết luận về những nội dung nêu trên"),
            DemandLine(
                text="chỉ đạo cơ quan báo chí thực hiện cải chính theo quy định và thông báo kết quả cho LĐLĐ tỉnh"
            ),
        ),
        history=(
            "Ngày 09/11/2026, LĐLĐ tỉnh gửi Công văn số 07/LĐLĐ-TG đề nghị Báo Tin Vùng Cao đăng ý kiến phản hồi; "
            "đến nay chưa được trả lời",
        ),
        basis=BASIS,
    ),
    PaperKind.SUBMISSION: SubmissionBody(
        works=(WORK,),
        matter="Bài báo phản ánh việc chăm lo Tết và bữa ăn ca tại Khu công nghiệp Đông Phố.\n"
        "Bài đã được hai trang thông tin điện tử tổng hợp đăng lại.",
        findings=CLAIMS,
        opinion="Nội dung về quà Tết sai sự thật, ảnh hưởng đến uy tín của Công đoàn cơ sở; nội dung về bếp ăn "
        "là đúng, đã khắc phục.",
        proposals=(
            "ký Công văn đề nghị Báo Tin Vùng Cao đăng ý kiến phản hồi",
            "báo cáo Ban Tuyên giáo và Dân vận Tỉnh ủy",
        ),
        drafts=("Dự thảo Công văn gửi Báo Tin Vùng Cao", "Dự thảo Ý kiến phản hồi"),
        deadline="trước 16 giờ ngày 09/11/2026",
    ),
    PaperKind.ASSIGNMENT: AssignmentBody(
        works=(WORK, AIRED),
        lead="Công đoàn các Khu công nghiệp",
        helpers=("Ban Chính sách - Pháp luật", "Ban Tuyên giáo - Nữ công"),
        questions=(
            "công đoàn có tặng quà Tết trong ba năm qua không, số suất, trị giá, danh sách ký nhận",
            "suất ăn ca tối có thiếu không, từ khi nào",
        ),
        quotes=tuple(claim.quote for claim in CLAIMS),
        directed_by="đồng chí Phó Chủ tịch Thường trực",
        direction="Xác minh ngay, báo cáo trước thứ Tư",
        deadline="trước 17 giờ ngày 11/11/2026",
        deadline_note="05 ngày kể từ ngày báo đăng, theo thông lệ của cơ quan, không phải hạn luật định",
        reply="Đơn vị có thể trả lời theo đường dẫn một lần gửi kèm hoặc gửi văn bản về Ban Tuyên giáo",
    ),
    PaperKind.VERIFICATION_REPORT: VerificationBody(
        works=(WORK,),
        steps=(
            "Ngày 07/11/2026, làm việc với Ban Chấp hành Công đoàn cơ sở và 12 công nhân ca tối",
            "Đối chiếu danh sách ký nhận quà Tết các năm 2024, 2025, 2026",
        ),
        findings=(
            *CLAIMS,
            ClaimLine(
                quote=ADMITTED[0].quote,
                fact="Có 04 buổi thiếu suất ăn trong tháng 10/2026",
                source="Sổ giao nhận của bếp",
                verdict="đúng",
            ),
        ),
        verdict="đúng một phần",
        causes="Công ty tăng ca đột xuất nhưng không báo bếp; Công đoàn cơ sở chưa giám sát thường xuyên.",
        remedies=MEASURES,
        proposals=("có văn bản đề nghị Báo Tin Vùng Cao đăng ý kiến phản hồi",),
    ),
    PaperKind.MINUTES: MinutesBody(
        opened="08 giờ 30 phút ngày 08 tháng 11 năm 2026",
        closed="lúc 10 giờ 15 phút cùng ngày",
        venue="Phòng họp Công đoàn các Khu công nghiệp",
        present=(
            Attendee(name="Ông Nguyễn Văn An", title="Phó Chủ tịch", party="Liên đoàn Lao động tỉnh Lào Cai"),
            Attendee(name="Bà Trần Thị Bình", title="Trưởng ban Bạn đọc", party="Báo Tin Vùng Cao"),
        ),
        purpose="Trao đổi về nội dung bài báo và tài liệu xác minh.",
        works=(WORK,),
        statements=(
            Statement(who="Báo Tin Vùng Cao", text="Ghi nhận tài liệu, sẽ kiểm tra lại nguồn tin"),
            Statement(who="LĐLĐ tỉnh", text="Đề nghị đăng ý kiến phản hồi"),
        ),
        agreed=("Báo Tin Vùng Cao đăng ý kiến phản hồi trên cùng chuyên mục", "Hai bên giữ liên hệ qua đầu mối đã nêu"),
        open_points=("Việc xin lỗi Công đoàn cơ sở",),
        signers=(
            Signature(title="Thư ký", name="Lê Thị Cúc"),
            Signature(title="Đại diện Báo Tin Vùng Cao", name="Trần Thị Bình"),
        ),
    ),
    PaperKind.REMEDY_NOTICE: RemedyBody(
        honorific="Quý Báo",
        works=(WORK,),
        in_reply_to="Công văn số 112/CV-TVC ngày 06/11/2026",
        basis="khoản 3 Điều 18 Nghị định số 237/2026/NĐ-CP",
        admitted=ADMITTED,
        others=CLAIMS[:1],
        measures=MEASURES,
        next_report="LĐLĐ tỉnh sẽ thông báo kết quả cuối cùng trước ngày 31/12/2026",
    ),
}
SUBJECTS = {
    PaperKind.REQUEST_LETTER: "đề nghị đăng ý kiến phản hồi, cải chính thông tin về hoạt động công đoàn",
    PaperKind.RESPONSE_TEXT: "Về bài “Công nhân Khu công nghiệp Đông Phố kêu cứu vì công đoàn “bỏ quên” quà Tết”",
    PaperKind.REMINDER: "đề nghị đăng ý kiến phản hồi (lần 2)",
    PaperKind.PETITION: "kiến nghị xem xét, kết luận nội dung báo chí đăng, phát về công đoàn",
    PaperKind.SUBMISSION: "Về việc xử lý thông tin báo chí phản ánh tại Khu công nghiệp Đông Phố",
    PaperKind.ASSIGNMENT: "xác minh thông tin báo chí phản ánh",
    PaperKind.VERIFICATION_REPORT: "Kết quả xác minh thông tin báo chí phản ánh về chăm lo Tết và bữa ăn ca "
    "tại Khu công nghiệp Đông Phố",
    PaperKind.MINUTES: "Làm việc giữa Liên đoàn Lao động tỉnh Lào Cai và Báo Tin Vùng Cao",
    PaperKind.REMEDY_NOTICE: "thông báo biện pháp khắc phục nội dung báo phản ánh",
}
ADDRESSEES = {
    PaperKind.REQUEST_LETTER: ("Báo Tin Vùng Cao",),
    PaperKind.REMINDER: ("Báo Tin Vùng Cao",),
    PaperKind.PETITION: ("Sở Văn hóa, Thể thao và Du lịch tỉnh Lào Cai", "Ban Tuyên giáo và Dân vận Tỉnh ủy"),
    PaperKind.SUBMISSION: ("Đồng chí Phó Chủ tịch Thường trực",),
    PaperKind.ASSIGNMENT: ("Công đoàn các Khu công nghiệp", "Các ban LĐLĐ tỉnh"),
    PaperKind.VERIFICATION_REPORT: ("Tỉnh ủy Lào Cai",),
    PaperKind.REMEDY_NOTICE: ("Báo Tin Vùng Cao",),
}
RECIPIENTS = (
    Recipient(name="Như kính gửi"),
    Recipient(name="Ban Tuyên giáo và Dân vận Tỉnh ủy", note="b/c"),
    Recipient(name="Sở Văn hóa, Thể thao và Du lịch", note="b/c"),
    Recipient(name="Thường trực LĐLĐ tỉnh", note="b/c"),
    Recipient(name="Lưu: VT, TG"),
)
TITLES = {
    PaperKind.RESPONSE_TEXT: "Ý KIẾN PHẢN HỒI",
    PaperKind.SUBMISSION: "PHIẾU TRÌNH",
    PaperKind.VERIFICATION_REPORT: "BÁO CÁO",
    PaperKind.MINUTES: "BIÊN BẢN",
}


def paper(kind: PaperKind, issuer: Issuer = FEDERATION, *, numbered: bool = False) -> PaperContent:
    """A full paper of that kind: a draft, or signed, numbered and issued."""
    formula = "TM. BAN CHẤP HÀNH" if issuer.unit else "TM. BAN THƯỜNG VỤ"
    chair = kind is PaperKind.MINUTES
    content = PaperContent(
        issuer=issuer,
        year=2026,
        subject=SUBJECTS[kind],
        addressees=ADDRESSEES.get(kind, ()),
        signature=Signature(
            authority=() if chair else (formula,),
            title="CHỦ TRÌ" if chair else "PHÓ CHỦ TỊCH",
            name="Nguyễn Văn An",
        ),
        recipients=RECIPIENTS,
        attachments=("Danh sách ký nhận quà Tết các năm 2024, 2025, 2026", "Giải trình của Công đoàn cơ sở"),
        contact="Ban Tuyên giáo, điện thoại 0000 000 000",
        internal=kind in (PaperKind.SUBMISSION, PaperKind.ASSIGNMENT),
        body=BODIES[kind],
    )
    if not numbered:
        return content
    return replace(content, number=7, date=date(2026, 2, 9), head=Head(count=128, hash="3f2a9c1b7d5e8a60" * 4))
