;;; emacs.el --- Emacs with Eglot and rubric-mode, on a path with Chinese and blanks  -*- lexical-binding: t; -*-

;; emacs -Q --batch -L editors/emacs -l tests/editors/emacs.el FILE
;; FILE is a copy of fixture.rubric; each step acts on the buffer as a user's keys would.

(require 'package)
;; Where Debian keeps packages of Emacs.
(add-to-list 'package-directory-list "/usr/share/emacs/site-lisp/elpa")
(package-initialize)
(require 'eglot)
(require 'rubric-mode)
(require 'cl-lib)

(defconst limit 180 "Seconds after which a run that hangs is ended.")

(defun findings ()
  "What is wrong in the buffer: errors and warnings, not notes, which are merely true."
  (mapconcat #'flymake-diagnostic-text
             (cl-remove 'eglot-note (flymake-diagnostics) :key #'flymake-diagnostic-type)
             "\n"))

(defun wait-until (what condition)
  "Wait until CONDITION holds, which WHAT says in words."
  (let ((start (float-time)))
    (while (not (funcall condition))
      (when (> (- (float-time) start) limit)
        (error "Waited in vain until %s\n--- text\n%s\n--- findings\n%s" what (buffer-string) (findings)))
      ;; No command loop runs in batch, so changes are sent and findings fetched by hand.
      (eglot--signal-textDocument/didChange)
      (flymake-start)
      (accept-process-output nil 0.1)))
  (message "emacs: %s" what))

(defun contains (words)
  "Whether the buffer has WORDS."
  (save-excursion (goto-char (point-min)) (search-forward words nil t)))

(defun go (words)
  "Put point into the last place of WORDS."
  (goto-char (point-max))
  (search-backward words))

(defun run (file)
  "Do all steps on FILE."
  (find-file file)
  (unless (eq major-mode 'rubric-mode) (error "The mode is %s" major-mode))
  (font-lock-ensure)
  (goto-char (point-min))
  (unless (eq (get-text-property (point) 'face) 'font-lock-keyword-face) (error "No colours"))
  (setq eglot-sync-connect t
        rubric-language "zh")
  (apply #'eglot--connect (eglot--guess-contact))
  (wait-until "the misspelt name is found" (lambda () (string-match-p "迟倒" (findings))))

  (go "迟倒")
  ;; The first that is offered, asked for as from the keyboard: otherwise a menu would open.
  (cl-letf ((last-nonmenu-event t)
            ((symbol-function 'completing-read)
             (lambda (_prompt choices &rest _) (let ((first (car choices))) (if (consp first) (car first) first)))))
    (eglot-code-actions (point) (+ (point) 2) "quickfix" t))
  (wait-until "a quick fix mends the name" (lambda () (contains "每 迟到 扣")))
  (wait-until "nothing is found any more" (lambda () (string-empty-p (findings))))

  (go "缺席")
  (let (hover)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq hover text)))
    (wait-until "hovering shows what the evidence means"
                (lambda () (and hover (string-match-p "全年缺席的次数" hover)))))

  (eglot-rename "旷工")
  (wait-until "both places have the new name" (lambda () (and (contains "旷工: 次数") (contains "每 旷工 扣"))))

  (go "每 旷工")
  (end-of-line)
  (insert "\n  每 ")
  (wait-until "completion offers the evidence"
              (lambda ()
                (let ((all (all-completions "" (nth 2 (eglot-completion-at-point)))))
                  (and (member "旷工" all) (member "迟到" all)))))
  (delete-region (line-beginning-position 1) (line-beginning-position 2))

  (go "满分")
  (eglot-format-buffer)
  (wait-until "formatting lays the text out" (lambda () (contains "\n  满分 3分\n")))
  (set-buffer-modified-p nil))

(condition-case problem
    (run (car command-line-args-left))
  (error
   (message "emacs: %s" (error-message-string problem))
   (kill-emacs 1)))
(kill-emacs 0)
