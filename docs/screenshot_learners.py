"""A list of learners with faults, for the pictures of the preview."""

FAULTY_LEARNERS = (
    ("DANH SÁCH HỌC VIÊN", "", "", "", "", ""),
    ("Họ và tên", "Ngày sinh", "Giới tính", "Đơn vị", "Chức vụ", "Ghi chú"),
    ("Lò Văn Thịnh", "12/05/1988", "Nam", "Chi bộ thôn Đông xã Tân Phong", "Bí thư chi bộ", ""),
    ("Hà Thị Mai", "31/02/1990", "Nữ", "Chi bộ thôn Hạ xã Tân Phong", "Phó bí thư chi bộ", ""),
    ("Quàng Văn Hải", "1985", "Nam", "Chi bộ thôn Thượn xã Tân Phong", "Bí thư chi bộ", ""),
    ("Nguyễn Thị Hoa", "03/11/1992", "Nữ", "Chi bộ thôn Cầu xã Tân Phong", "Chi ủy viên", "học lần đầu"),
)
