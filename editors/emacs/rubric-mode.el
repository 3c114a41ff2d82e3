;;; rubric-mode.el --- Scoring standards: colours, indentation, language server  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "26.3") (eglot "1.9"))

;;; Commentary:

;; A major mode for rubrics and calendars.  Findings, completion, renaming and the rest come from `rubricc lsp'
;; through Eglot, which Emacs 29 and newer bring along.

;;; Code:

(require 'rubric-words)
(require 'rx)

(defgroup rubric nil
  "Scoring standards."
  :group 'languages)

(defcustom rubric-program "rubricc"
  "The program `rubricc', by its name on the search path or its full path."
  :type 'string
  :group 'rubric)

(defcustom rubric-language "auto"
  "The language of messages: zh, en, or auto for that of the environment."
  :type '(choice (const "auto") (const "zh") (const "en"))
  :group 'rubric)

(defcustom rubric-indent-offset 2
  "How far each brace indents."
  :type 'integer
  :group 'rubric)

(defvar rubric-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?/ ". 12" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?_ "w" table)
    (modify-syntax-entry ?｛ "(｝" table)
    (modify-syntax-entry ?｝ ")｛" table)
    (modify-syntax-entry ?（ "(）" table)
    (modify-syntax-entry ?） ")（" table)
    table)
  "Comments, strings and brackets of rubrics, plain and full-width.")

(defconst rubric-font-lock-keywords
  (let ((face-of-class
         '(("item" . font-lock-keyword-face) ("head" . font-lock-keyword-face)
           ("rule" . font-lock-keyword-face) ("word" . font-lock-keyword-face)
           ("type" . font-lock-type-face) ("value" . font-lock-constant-face)
           ("function" . font-lock-builtin-face) ("rounding" . font-lock-builtin-face)
           ("comparison" . font-lock-builtin-face) ("operator" . font-lock-builtin-face))))
    (append
     '(("“[^”\n]*”" . font-lock-string-face)
       ("「[^」\n]*」" . font-lock-variable-name-face)
       ("\\([[:alpha:]][[:alnum:]_]*\\)[[:blank:]]*[:：]" 1 font-lock-variable-name-face))
     (mapcar (lambda (class)
               (cons (concat "\\(?:^\\|[^[:alnum:]_]\\)\\(" (regexp-opt (cdr class)) "\\)\\(?:[^[:alpha:]_]\\|$\\)")
                     (list 1 (cdr (assoc (car class) face-of-class)))))
             rubric-words)))
  "Colours of the words, by their class.")

(defun rubric-indent-line ()
  "Indent by the braces that are open before this line."
  (interactive)
  (let* ((depth (save-excursion
                  (back-to-indentation)
                  (- (car (syntax-ppss (line-beginning-position)))
                     (if (looking-at "[]}｝］]") 1 0))))
         (column (* rubric-indent-offset (max 0 depth))))
    (if (<= (current-column) (current-indentation))
        (indent-line-to column)
      (save-excursion (indent-line-to column)))))

(defconst rubric-imenu
  '((nil "^[[:blank:]]*\\(?:大项\\|条款\\|section\\|clause\\)[[:blank:]]+\\(.+?\\)[[:blank:]]*[{｛]" 1))
  "Sections and clauses, for those who use no server.")

;;;###autoload
(define-derived-mode rubric-mode prog-mode "Rubric"
  "Major mode for scoring standards."
  (setq-local comment-start "// "
              comment-start-skip "//+[[:blank:]]*"
              indent-line-function #'rubric-indent-line
              indent-tabs-mode nil
              electric-indent-chars (append "}｝]］" electric-indent-chars)
              font-lock-defaults '(rubric-font-lock-keywords)
              imenu-generic-expression rubric-imenu))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.\\(?:rubric\\|calendar\\)\\'" . rubric-mode))

(defun rubric-contact (&rest _)
  "How the server is started."
  (list rubric-program "lsp"
        :initializationOptions (list :language rubric-language)))

(with-eval-after-load 'eglot
  (defvar eglot-server-programs)
  (add-to-list 'eglot-server-programs '(rubric-mode . rubric-contact)))

(provide 'rubric-mode)
;;; rubric-mode.el ends here
