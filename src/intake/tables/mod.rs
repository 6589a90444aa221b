//! Tables with any columns, from CSV and Excel files, read by a profile.
