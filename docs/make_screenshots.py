#!/usr/bin/env python3
"""Make the pictures of the user guide: load the demonstration, serve it, walk it in Chromium, save docs/images/.

    .venv/bin/python docs/make_screenshots.py            all pictures
    .venv/bin/python docs/make_screenshots.py survey     only those whose name holds the word

Where ImageMagick is present the pictures are reduced to a palette, which makes them three times smaller.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from playwright.sync_api import Browser, Page, sync_playwright
from screenshot_learners import FAULTY_LEARNERS

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
PASSWORD = "hoc-de-lam-viec"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
"""Where needs and classes stand side by side."""
COLOURS = 96
SETTLE = 700
"""Milliseconds in which a page has drawn everything."""
STARTS_WITHIN = 60
"""Seconds."""


OFFICIALS = (
    ("DANH SÁCH CÁN BỘ XÃ TÂN PHONG",),
    ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "CCCD", "Chức vụ", "LLCT", "Số điện thoại"),
    (1, "Nguyễn Thị Thu Hằng", "01/05/1980", "Nữ", "001180000001", "Bí thư Đảng ủy", "Cao cấp", "0912345678"),
    (2, "TrÇn V¨n BÐ", "1985", "Nam", "", "Chủ tịch UBND", "Trung cấp", 912345679),
    (3, "Lò Văn Cường", "31/02/1990", "Nam", "001090000003", "Phó Chủ tịch UBND", "TC", ""),
    (4, "Hà Thị Dung", "12/03/1991", "Nữ", "001091000004", "Chuyên viên", "", "0987654321"),
)


@dataclass(frozen=True)
class Picture:
    """A picture: its file name, who looks, and the steps that lead to it."""

    name: str
    user: str
    steps: Callable[[Page], object]
    size: Mapping[str, int] = field(default_factory=lambda: WIDE)


def main() -> None:
    """Make the pictures whose name holds the word on the command line, or all."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as address, chromium() as browser:
        for picture in [one for one in PICTURES if word in one.name]:
            take(browser, address, picture)
            file = IMAGES / f"{picture.name}.png"
            reduce(file)
            print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1024} KB", flush=True)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the demonstration from `folder` on a free port; yields the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    environment = {**kept, "VUNTRONG_DATA": str(folder), "VUNTRONG_DEMO": "1"}
    command = [sys.executable, "-m", "vuntrong"]
    for step in (["migrate", "--verbosity=0"], ["load-demo"]):
        subprocess.run([*command, *step], cwd=ROOT, env=environment, check=True)
    serving = [*command, "serve", "--port", str(port), "--web-workers", "1", "--no-migrate"]
    server = subprocess.Popen(serving, cwd=ROOT, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    """Return as soon as the address answers. Raises TimeoutError."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/account/sign-in/").close()
        except urllib.error.URLError:
            time.sleep(0.3)
        else:
            return
    raise TimeoutError(address)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium of this machine."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        sys.exit("Chromium is needed for the pictures.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Walk to the page as the user of the picture and save what is to be seen."""
    context = browser.new_context(base_url=address, viewport=picture.size, locale="vi-VN", reduced_motion="reduce")
    page = context.new_page()
    page.goto("/account/sign-in/")
    if picture.user:
        sign_in(page, picture.user)
    picture.steps(page)
    page.wait_for_timeout(SETTLE)
    page.screenshot(path=IMAGES / f"{picture.name}.png")
    context.close()


def sign_in(page: Page, user: str) -> None:
    """Sign in as a user of the demonstration, whoever was signed in before."""
    page.context.clear_cookies()
    page.goto("/account/sign-in/")
    page.fill("input[name=login]", user)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def reduce(file: Path) -> None:
    """Reduce the colours of a picture, where ImageMagick is present."""
    if convert := shutil.which("convert"):
        options = ["-strip", "+dither", "-colors", str(COLOURS), "-define", "png:compression-level=9"]
        subprocess.run([convert, str(file), *options, f"PNG8:{file}"], check=True)


# ---- the steps ----


def here(_page: Page) -> None:
    """Stay on the page that one comes to by itself."""


def at(path: str) -> Callable[[Page], object]:
    """Go to an address."""
    return lambda page: page.goto(path)


def follow(page: Page, name: str) -> None:
    """Follow the first link of that name in the page itself, not in the frame."""
    page.locator("main").get_by_role("link", name=name).first.click()
    page.wait_for_load_state("networkidle")


def answer(page: Page) -> None:
    """Type a name into an answer that waits."""
    page.goto("/surveys/to-answer/")
    page.get_by_role("row", name="Chi bộ thôn Đông xã Tân Phong").get_by_role("link").first.click()
    page.get_by_label("Tổng số người").first.fill("4")
    page.get_by_role("button", name="Thêm người").last.click()
    page.keyboard.type("pham", delay=60)
    page.get_by_role("option").first.wait_for()


def late_answer(page: Page) -> None:
    """Open an answer whose deadline has passed."""
    page.goto("/surveys/to-answer/")
    page.locator("main tr, main li").filter(has_text="Quá hạn").get_by_role("link").first.click()


def survey(page: Page) -> None:
    """Open the survey of the school for next year."""
    page.goto("/surveys/?state=open")
    follow(page, "Khảo sát nhu cầu đào tạo, bồi dưỡng")


def silent_units(page: Page) -> None:
    """Tick two units that have not answered."""
    survey(page)
    follow(page, "Xem và nhắc các đơn vị")
    for box in page.locator("main tbody input[type=checkbox]").all()[:2]:
        box.check()


def needs(page: Page) -> None:
    """Open the screen from needs to classes of the school's draft."""
    page.goto("/plans/?state=draft")
    follow(page, "Kế hoạch đào tạo, bồi dưỡng năm")
    follow(page, "Nhu cầu và lớp")


def decide(page: Page) -> None:
    """Open the plan that waits, as its approver."""
    page.goto("/plans/?state=submitted")
    follow(page, "Kế hoạch mở lớp bồi dưỡng năm")
    follow(page, "Xem xét")


def papers(page: Page) -> None:
    """Open the submission paper of an approved plan."""
    page.goto("/plans/?state=approved")
    follow(page, "Kế hoạch mở lớp bồi dưỡng năm")
    follow(page, "Văn bản")
    page.locator("main img").first.evaluate("image => image.decode()")


def reason(page: Page) -> None:
    """Ask a red cell why it is red."""
    page.goto("/classes/")
    page.locator("main td button").filter(has_text="trễ").first.click()


def running_class(page: Page) -> None:
    """Open a class of the centre's own that goes on."""
    page.goto("/classes/?status=running")
    row = page.locator("main tbody tr").filter(has_text="nhận thức về Đảng")
    row.get_by_role("link").first.click()
    page.wait_for_load_state("networkidle")


def faulty_workbook(page: Page) -> None:
    """Upload a list of learners with two faults."""
    book = openpyxl.Workbook()
    book.active.title = "Danh sách"
    for row in FAULTY_LEARNERS:
        book.active.append(row)
    running_class(page)
    follow(page, "Nhập từ Excel")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "danh-sach-hoc-vien.xlsx"
        book.save(file)
        page.locator("input[type=file]").set_input_files(file)
        page.locator("main form button.btn-primary").click()
        page.wait_for_load_state("networkidle")


def learner_columns(page: Page) -> None:
    """Look at how the columns of that list are read."""
    faulty_workbook(page)
    follow(page, "Trang tính và cột")


def officials(page: Page) -> None:
    """Upload a list of officials and see how its columns are read."""
    book = openpyxl.Workbook()
    book.active.title = "Cán bộ"
    for row in OFFICIALS:
        book.active.append(row)
    page.goto("/imports/new/")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "can-bo-tan-phong.xlsx"
        book.save(file)
        page.locator("input[type=file]").set_input_files(file)
        page.locator("main form button.btn-primary").click()
        page.wait_for_load_state("networkidle")


def checked_officials(page: Page) -> None:
    """Check that list."""
    officials(page)
    page.locator("main form button.btn-primary").click()
    page.wait_for_load_state("networkidle")


def report(page: Page) -> None:
    """Open the last report of a half-year."""
    page.goto("/reports/")
    page.locator("main tbody a").first.click()
    page.wait_for_load_state("networkidle")


def differences(page: Page) -> None:
    """Open what has changed since a report was submitted."""
    report(page)
    follow(page, "Xem thay đổi và nguyên nhân")


def merger(page: Page) -> None:
    """Begin a re-organisation and type the merger of two communes."""
    page.goto("/registry/reorganisations/new/")
    page.fill("#id_title", "Sáp nhập hai xã năm 2027")
    page.fill("#id_takes_effect_on", "01/03/2027")
    page.fill("#id_instrument_text", "Nghị quyết 118/NQ-UBTVQH16 ngày 15/01/2027 (số giả định)")
    page.locator("main form button").last.click()
    page.wait_for_url("**/events/")
    names = page.locator("#unit-names option").evaluate_all("(all) => all.map((one) => one.value)")
    communes = [name for name in names if name.startswith("Đảng ủy xã")][:2]
    first = page.locator("#events tbody tr").first
    first.locator("[name=kind]").select_option("merge")
    first.locator("[name=old]").fill("; ".join(communes))
    first.locator("[name=new]").fill("Đảng ủy xã Tân Phú")


def merger_preview(page: Page) -> None:
    """Save the merger and look at what it touches."""
    merger(page)
    page.locator("button[name=next]").click()
    page.wait_for_url("**/choices/")
    page.goto(page.url.replace("choices", "preview"))


def found(page: Page) -> None:
    """Type into the search field of every page."""
    page.keyboard.press("/")
    page.keyboard.type("tan phong", delay=60)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")


def deeds(page: Page) -> None:
    """Work as the school, then read about it as the Organisation Board."""
    silent_units(page)
    page.get_by_role("button", name="Nhắc đơn vị").click()
    needs(page)
    page.get_by_label("Chọn tất cả").check()
    page.get_by_role("button", name="Đề xuất lớp").click()
    page.get_by_role("button", name="Trình duyệt").click()
    page.locator("dialog[open] .btn-primary").click()
    page.wait_for_url("**/submissions/")
    sign_in(page, "ban-to-chuc")
    page.goto("/history/")


def filtered_people(page: Page) -> None:
    """Search the list of people as one types, and open the saved filters."""
    page.goto("/registry/people/")
    page.locator("#q").press_sequentially("nguyen thi", delay=60)
    page.wait_for_url("**q=nguyen**")
    page.locator("summary").filter(has_text="Bộ lọc đã lưu").click()
    page.locator("#filter-name").fill("Họ Nguyễn, nữ")


def pair(page: Page) -> None:
    """Compare the first two records that may be one human being."""
    page.goto("/registry/people/duplicates/")
    page.locator("#results tbody th a").first.click()
    page.wait_for_load_state("networkidle")


def data_request(page: Page) -> None:
    """Open the request that waits at the desk."""
    page.goto("/privacy/requests/")
    follow(page, "Lò Thị Vân")


BOARD = "ban-to-chuc"
CLERK, CENTRE, SCHOOL = "xa-tan-phong", "trung-tam-tan-phong", "phong-dao-tao"
PICTURES = (
    Picture("sign-in", "", here),
    Picture("today", CENTRE, here),
    Picture("answer", CLERK, answer),
    Picture("answer-phone", CLERK, late_answer, PHONE),
    Picture("survey", SCHOOL, survey),
    Picture("remind", SCHOOL, silent_units),
    Picture("needs", SCHOOL, needs, DESK),
    Picture("decide", "thuong-vu-tinh-uy", decide),
    Picture("papers", CENTRE, papers),
    Picture("classes", CENTRE, reason),
    Picture("classes-phone", CENTRE, at("/classes/"), PHONE),
    Picture("class", CENTRE, running_class),
    Picture("import", CENTRE, faulty_workbook),
    Picture("learner-columns", CENTRE, learner_columns),
    Picture("report", SCHOOL, report),
    Picture("differences", SCHOOL, differences),
    Picture("reorganisation-events", BOARD, merger),
    Picture("reorganisation-preview", BOARD, merger_preview),
    Picture("search", SCHOOL, found),
    Picture("people-list", BOARD, filtered_people),
    Picture("people-list-phone", BOARD, at("/registry/people/"), PHONE),
    Picture("merge-records", BOARD, pair),
    Picture("log", SCHOOL, deeds),
    Picture("import-columns", CLERK, officials),
    Picture("import-preview", CLERK, checked_officials),
    Picture("privacy-me", CLERK, at("/privacy/me/")),
    Picture("privacy-request", "ban-to-chuc", data_request),
    Picture("message-choices", CLERK, at("/inbox/choices/")),
)

if __name__ == "__main__":
    main()
