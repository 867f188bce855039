(preproc_include path: (string_literal (string_content) @path))
(preproc_include path: (system_lib_string) @path @all)
