"""Addresses of issued papers and of the papers of a class."""

from django.urls import path

from vuntrong.web.papers.views import classes, issued

app_name = "papers"
urlpatterns = [
    path("", issued.paper_list, name="list"),
    path("runs/", issued.runs, name="runs"),
    path("enter/", issued.enter, name="enter"),
    path("<int:paper_id>/", issued.paper, name="paper"),
    path("<int:paper_id>/paper.pdf", issued.paper_file, {"kind": "pdf"}, name="pdf"),
    path("<int:paper_id>/paper.docx", issued.paper_file, {"kind": "docx"}, name="docx"),
    path("<int:paper_id>/cancel/", issued.cancel, name="cancel"),
    path("classes/<int:class_id>/", classes.class_papers, name="class"),
    path("classes/<int:class_id>/duties/", classes.duties, name="duties"),
    path("classes/<int:class_id>/<slug:paper>/", classes.prepare, name="prepare"),
    path("classes/<int:class_id>/preview/<str:key>/<int:page>.png", classes.page_image, name="page"),
]
