//go:build !linux

package machine

import "errors"

// resident is not known here.
func resident() (bytes int64, err error) { return 0, errors.ErrUnsupported }
