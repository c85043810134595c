"""Sample values for the living sheet of parts. Invented; the list at its foot shows real people of the database."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from vuntrong.registry.enums import Sex
from vuntrong.registry.models import Person, Unit
from vuntrong.web.kit import columns, filters, forms, listing, tables, values

TONES = {"male": "run", "female": "ok"}


class PeopleFilter(filters.ListFilter):
    """Filters of the sample list."""

    chip = "sex"
    tones = TONES
    sex = filters.choice_chip(Sex.choices)
    unit = filters.record_menu("Đơn vị", Unit.objects.all())
    post_text = filters.words("Chức vụ")
    posted = filters.days("Nhận chức", field_name="postings__valid_from", distinct=True)


class PeopleTable(tables.ListTable):
    """The sample list."""

    unit = "cán bộ"
    tick = columns.TickColumn()
    full_name = columns.NameColumn(
        verbose_name="Họ và tên",
        order_by="sort_key",
        linkify=lambda: "#list",
        second=lambda person: person.post_text,
    )
    unit_name = columns.KitColumn(accessor="unit__short_name", verbose_name="Đơn vị")
    born_on = columns.DateColumn(verbose_name="Ngày sinh")
    revision = columns.NumberColumn(verbose_name="Số lần sửa", phone="hide")
    sex = columns.StateColumn(
        state=lambda person: values.State(TONES.get(person.sex, "none"), person.get_sex_display() or "–"),
        verbose_name="Giới tính",
    )
    bulk_template = "kit/_bulk.html"


class SampleForm(forms.KitForm):
    """One field of each kind."""

    name = forms.forms.CharField(label="Tên lớp", max_length=80)
    opened_on = forms.DayField(label="Khai giảng")
    born_on = forms.PartialDateField(label="Ngày sinh", required=False)
    learners = forms.WholeNumberField(label="Sĩ số")
    unit = forms.RecordField(Unit.objects.all(), label="Đơn vị", required=False)
    sex = forms.forms.ChoiceField(label="Giới tính", choices=Sex.choices, widget=forms.forms.RadioSelect)
    scan = forms.UploadField(label="Tệp quét", kinds=[".pdf"], required=False)
    note = forms.forms.CharField(label="Ghi chú", required=False, widget=forms.forms.Textarea)


def show(request: HttpRequest) -> HttpResponse:
    """Render the sheet."""
    people = Person.objects.select_related("unit")
    shown = {
        "state": values.State("run", "Đang học"),
        "job": job(request),
        "form": SampleForm(),
        **_plain(),
        **_numbers(),
    }
    shown["wrong_form"] = SampleForm({"learners": "1.20", "opened_on": "31/02/2026", "name": "TC K71"}, prefix="wrong")
    return listing.answer_list(
        request, "kit/parts.html", people, table=PeopleTable, filters=PeopleFilter, title="Cán bộ", context=shown
    )


def job(request: HttpRequest) -> values.LongJob:
    """Return a job that gets on by a tenth each time it is asked for."""
    done = min(10, int(request.GET.get("done", "3")) + 1)
    poll = f"{reverse('part-job')}?done={done}"
    state = values.State("run", "Đang chạy") if done < 10 else values.State("ok", "Đã xong")
    doing = f"Đã đọc {done * 500} trên 5.000 dòng"
    return values.LongJob("sample-job", "Nhập danh sách học viên", doing, done / 10, state, done < 10, poll)


def _plain() -> dict[str, object]:
    return {
        "states": [values.State(tone, label) for tone, label in SAMPLE_STATES],
        "facts": [
            values.Fact("Chủ trì", "Trường Chính trị tỉnh Vĩnh Hà"),
            values.Fact("Nơi học", "TTCT xã Tân Phong, Hội trường 2", "#"),
            values.Fact("Thực tế", "Chưa khai giảng, 13/10/2026", tone="bad"),
        ],
        "links": [
            values.Link("Nhu cầu 2026", "61 người của 8 xã, khảo sát 10/2025", "#", "users"),
            values.Link("Dòng kế hoạch số 7", "Trung cấp LLCT, 60 chỉ tiêu", "#", "list-check"),
            values.Link("Quyết định 412-QĐ/TU", "Ban Thường vụ Tỉnh ủy, 09/01/2026", "#", "gavel"),
            values.Link("TC K69", "Đang học, 5 trên 13 học phần", "", "school", "run"),
        ],
        "entries": [
            values.HistoryEntry("Lê Văn Minh", "xin lùi hạn nộp điểm XDĐ-2 đến 16/10", "Hôm qua 16:20"),
            values.HistoryEntry("Đặng Thu Hằng", "nhắc Khoa Xây dựng Đảng nộp điểm", "10/10/2026 08:05", "#"),
        ],
        "tabs": [
            values.Tab("Tổng quan", "#", is_current=True),
            values.Tab("Học viên", "#", 58),
            values.Tab("Văn bản", "#", 9),
        ],
        "steps": [
            values.Step("Căn cứ", "done", "#"),
            values.Step("Nhân sự: còn 3", "wait", "#"),
            values.Step("Xem trước", "now"),
            values.Step("Áp dụng"),
        ],
    }


def _numbers() -> dict[str, object]:
    months = [(90, 96), (60, 58), (330, 342), (340, 318), (350, 361), (300, 287), (180, 164), (260, 251), (390, None)]
    rows = [(f"T{month}", pair) for month, pair in enumerate(months, 1)]
    series = [values.Series("Kế hoạch", "line"), values.Series("Thực hiện")]
    return {
        "figures": [
            values.Figure("Lớp đã mở", 40, "trên 48", "83,3 % kế hoạch · 3 lớp trễ", "#", 40 / 48),
            values.Figure("Học viên (người)", 2318, "", "81,0 % của 2.860 chỉ tiêu", "#", 0.81),
            values.Figure("Lượt học", 2547, "", "229 lượt là người học từ lớp thứ hai"),
            values.Figure("Vắng gần ngưỡng", 1, tone="bad"),
        ],
        "cards": [
            values.Card(4, "Chờ duyệt", "Mở lớp, danh sách học viên", "#", "gavel", "wait", "Lâu nhất: 2 ngày"),
            values.Card(
                11, "Chờ đơn vị trả lời", "Phiếu nhu cầu 2027 chưa gửi", "#", "message", "run", "Hạn 20/10/2026"
            ),
            values.Card(3, "Quá hạn", "Mốc kế hoạch đã trễ", "#", "alert-triangle", "bad", "Trễ nhất: 8 ngày"),
        ],
        "chart": values.Chart(
            "turns", "Lượt học theo tháng", "Tháng", series, rows, totals=(2300, 1877), total_label="Cộng"
        ),
    }


SAMPLE_STATES = (
    ("ok", "Xong"),
    ("run", "Đang làm"),
    ("wait", "Chờ xử lý"),
    ("bad", "Trễ"),
    ("none", "Chưa đến"),
)
