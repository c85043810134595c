/** The form in which texts are compared: no case, no marks, đ as d. */
export const key = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
