package ledger

import "os"

// identity tells whether a file is the one that was looked at before: the same
// file, not another under its name, and not written to since.
type identity struct {
	device, inode uint64
	size          int64
	written       int64 // nanoseconds since 1970
	changed       int64 // also where a program set the time of writing back
}

// changedMessage is what is wrong with a file whose identity changed.
const changedMessage = "was replaced or written to while it was read; run again when nobody writes to it"

func identify(open string) (identity, error) {
	info, err := os.Stat(open)
	if err != nil {
		return identity{}, err
	}
	return identityOf(info), nil
}

// unchanged is nil where a file is still the one that was described.
func (f file) unchanged() error {
	if is, err := identify(f.open); err != nil || is != f.is {
		return &DataError{Path: f.path, Message: changedMessage}
	}
	return nil
}
