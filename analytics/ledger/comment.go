package ledger

import (
	"fmt"
	"strings"

	"clientele/analytics/job"
)

// cutByComment is the error about a column whose name has a # in it that began
// a comment: `order: Order #` names the column Order. It is nil where that is
// not so.
func (b *batch) cutByComment(s job.Source, x expression) error {
	behind := s.CommentBehind(x.key)
	if behind == "" {
		return nil
	}
	name := strings.TrimSpace(x.sql + behind)
	// A name that two columns share is no reason to think of comments.
	if at, err := b.columnNamed(name); err == nil && at >= 0 {
		return &cutError{read: x.sql, name: name}
	}
	return nil
}

// cutError is a name of which YAML took a part for a comment.
type cutError struct{ read, name string }

// Error says what to write.
func (e *cutError) Error() string {
	return fmt.Sprintf("reads %q, since YAML takes what stands behind # for a comment; write '%s' for the column of that name, or leave the comment out",
		e.read, strings.ReplaceAll(e.name, "'", "''"))
}

// commentHint is added to what is said about an expression behind which a # may
// be meant as a part of it: people put a space between # and what they remark.
func commentHint(s job.Source, x expression) string {
	behind := strings.TrimSpace(s.CommentBehind(x.key))
	if behind == "" || strings.HasPrefix(behind, "# ") {
		return ""
	}
	return fmt.Sprintf("; YAML takes %s behind it for a comment: if it belongs to it, put quotes around the whole value", behind)
}
