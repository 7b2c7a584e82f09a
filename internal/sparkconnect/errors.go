package sparkconnect

import (
	"errors"
	"slices"
	"strings"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// ErrSessionLost says that the server has forgotten the session and its temporary views:
// it was started again, or has waited too long. The work can be begun anew in another
// session.
var ErrSessionLost = errors.New("the Spark server has lost the session")

// ErrRefused says that the server, or a proxy before it, does not let us in.
var ErrRefused = errors.New("the Spark server refuses the token or its absence")

// Error is what the server says of a statement.
type Error struct {
	// Condition is Spark's name of the fault, such as UNRESOLVED_COLUMN.WITH_SUGGESTION,
	// or the class of an exception that has none.
	// Source: https://spark.apache.org/docs/4.1.2/sql-error-conditions.html
	Condition string
	SQLState  string // five characters of the SQL standard; empty: none

	// Message is the first line of the server's words. It may quote values of rows.
	Message string

	Code codes.Code // of gRPC
}

// Error implements error. What a statement got wrong is told in the server's words, which
// quote the statement. Of every other fault there is the name alone, as the words may
// quote rows.
func (e *Error) Error() string {
	text := e.Condition
	switch {
	case e.OfStatement():
		text = "[" + e.Condition + "] " + e.Message
	case e.ofTheWay():
		text += ": " + e.Message
	}
	if e.SQLState != "" && !strings.Contains(text, e.SQLState) {
		text += " SQLSTATE: " + e.SQLState
	}
	return "spark: " + text
}

// OfStatement says that the statement is at fault and not what it read: syntax, names,
// rights (class 42 of SQLSTATE) or what Spark cannot do (0A).
func (e *Error) OfStatement() bool {
	return strings.HasPrefix(e.SQLState, "42") || strings.HasPrefix(e.SQLState, "0A")
}

// ofTheWay says that no statement was looked at: gRPC speaks, and not Spark.
func (e *Error) ofTheWay() bool {
	ofGRPC := []codes.Code{codes.Unavailable, codes.Unauthenticated, codes.PermissionDenied, codes.ResourceExhausted, codes.Unimplemented}
	return e.SQLState == "" && slices.Contains(ofGRPC, e.Code)
}

// OfData says that a value is at fault: class 22 of SQLSTATE, data exceptions.
func (e *Error) OfData() bool { return strings.HasPrefix(e.SQLState, "22") }

// Is makes errors.Is(err, ErrSessionLost) and ErrRefused work.
func (e *Error) Is(target error) bool {
	switch target {
	case ErrSessionLost:
		return slices.Contains(sessionLost, e.Condition)
	case ErrRefused:
		return e.Code == codes.Unauthenticated || e.Code == codes.PermissionDenied
	}
	return false
}

// The conditions of a server that does not know the session or the operation any longer.
const (
	operationNotFound = "INVALID_HANDLE.OPERATION_NOT_FOUND"
	sessionNotFound   = "INVALID_HANDLE.SESSION_NOT_FOUND"
)

var sessionLost = []string{
	operationNotFound, sessionNotFound,
	"INVALID_HANDLE.OPERATION_ABANDONED", "INVALID_HANDLE.SESSION_CHANGED", "INVALID_HANDLE.SESSION_CLOSED",
}

// asError makes an Error of what gRPC gives. Faults of the way there have no condition.
func asError(err error) *Error {
	s, ok := status.FromError(err)
	if !ok {
		return &Error{Condition: codes.Unknown.String(), Message: firstLine(err.Error()), Code: codes.Unknown}
	}
	e := &Error{Condition: "gRPC " + s.Code().String(), Code: s.Code()}
	e.describe(s)
	e.Message = firstLine(strings.TrimPrefix(strings.TrimSpace(s.Message()), "["+e.Condition+"]"))
	return e
}

// describe finds name and state. Answers to a statement have them in their details, and
// those of the service itself in their words.
func (e *Error) describe(s *status.Status) {
	for _, detail := range s.Details() {
		info, ok := detail.(*errdetails.ErrorInfo)
		if !ok {
			continue
		}
		e.SQLState = info.GetMetadata()["sqlState"]
		if e.Condition = info.GetMetadata()["errorClass"]; e.Condition == "" {
			e.Condition = info.GetReason()
		}
		return
	}
	if condition := namedCondition(s.Message()); condition != "" {
		e.Condition = condition
	}
}

// namedCondition finds the condition in "[CONDITION] words".
func namedCondition(message string) string {
	_, after, ok := strings.Cut(message, "[")
	if !ok {
		return ""
	}
	name, _, ok := strings.Cut(after, "]")
	if !ok || name == "" || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") != "" {
		return ""
	}
	return name
}

// firstLine leaves out the plan of the statement and the stack, which come after.
func firstLine(message string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(message), "\n")
	return strings.TrimSpace(line)
}
