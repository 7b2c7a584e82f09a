//go:build !linux

package publish

import "errors"

// exchange is not available here: publications are replaced in two steps.
func exchange(_, _ string) error { return errors.ErrUnsupported }
