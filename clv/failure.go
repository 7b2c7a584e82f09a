package clv

import (
	"errors"
	"strings"

	"clientele/internal/wording"
)

// failure is an error of a class that people are told of in their language, as a shop may
// be too young or too small for a model.
type failure struct {
	class error
	what  wording.Message // the class too
}

// Error says it in English.
func (f failure) Error() string { return f.what.String() }

// Unwrap gives the class.
func (f failure) Unwrap() error { return f.class }

// Said is an error of this package as a message. What is no matter of the data, and so no
// text of the catalogue, stands as it is.
func Said(err error) wording.Message {
	f, known := errors.AsType[failure](err)
	if !known {
		return wording.Words(err.Error())
	}
	switch where, whole := strings.CutSuffix(err.Error(), f.Error()); {
	case !whole:
		return wording.Words(err.Error())
	case where == "":
		return f.what
	default:
		model := strings.TrimSuffix(strings.TrimPrefix(where, "fit "), ": ")
		if where != "fit "+model+": " {
			return wording.Words(err.Error())
		}
		return wording.Of("model.fit", "model", model, "why", f.what)
	}
}
