"""Numbers of persons are hidden in lists; years, dates, money and numbers of documents are not."""

from __future__ import annotations

import pytest

from monitor.desk.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Gọi 0912345678 nhé", "Gọi •••••••678 nhé"),
        ("0912 345 678", "•••• ••• 678"),
        ("0912.345.678", "••••.•••.678"),
        ("091-234-5678", "•••-•••-•678"),
        ("+84 912 345 678.", "+•• ••• ••• 678."),
        ("(0214) 3840034", "(••••) ••••034"),
        ("SĐT: 3840 034", "SĐT: •••• 034"),
        ("số tài khoản 1900 1234 5678 tại", "số tài khoản •••• •••• •678 tại"),
        ("STK 123456 ngân hàng", "STK •••456 ngân hàng"),
        ("CCCD số 010 203 004 567", "CCCD số ••• ••• ••• 567"),
        ("căn cước công dân 010203004567", "căn cước công dân •••••••••567"),
        ("liên hệ 912.345.678", "liên hệ •••.•••.678"),
        ("zalo.me/0912345678", "zalo.me/•••••••678"),
        ("https://zalo.me/0912345678", "https://zalo.me/•••••••678"),
        ("0912345678 05/11/2026", "•••••••678 05/11/2026"),
        ("0912345678, 0987654321", "•••••••678, •••••••321"),
        ("tài khoản 0123456789, số tiền 5.000.000 đồng", "tài khoản •••••••789, số tiền 5.000.000 đồng"),
        ("1" * 40, "•" * 37 + "111"),
    ],
)
def test_numbers_of_persons_are_hidden_but_for_three_digits(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "năm 2026, giai đoạn 2021-2025, 2026–2030",
        "các năm 2023, 2024, 2025, 2026",
        "ngày 05/11/2026 và 5.11.2026, 5-11-2026",
        "2026-11-05 18:30:00",
        "18h30 ngày 05/11/2026",
        "1.500.000.000 đồng",
        "nợ 12.345.678.900 đồng của 1.234 người",
        "200 000 000 VNĐ",
        "1500000000đ",
        "ủng hộ 350.000.000",
        "Nghị định 123/2020/NĐ-CP, số 07/LĐLĐ-TG, 1234/QĐ-TLĐ",
        "tổng đài 1900 6066, 18001091",
        "https://bao.test/bai-123456789012.html",
        "hệ số 2,34; 12,5%",
        "",
    ],
)
def test_what_is_no_such_number_is_left_alone(text: str) -> None:
    assert mask(text) == text


def test_a_huge_text_is_masked_quickly_and_keeps_its_length() -> None:
    text = "1 2.3-4 " * 20_000 + "0912345678 " * 5_000 + "điện thoại " * 20_000 + "9" * 50_000
    assert len(mask(text)) == len(text)
    assert "0912345678" not in mask(text)
