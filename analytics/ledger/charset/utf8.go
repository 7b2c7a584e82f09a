package charset

import (
	"errors"
	"io"
	"unicode/utf8"
)

// utf8Reader passes UTF-8 on, and stops where it is not.
type utf8Reader struct {
	r    io.Reader
	rest []byte // the bytes so far of a character that goes on
	last error
}

// Read implements io.Reader. What it passes on may end within a character, of
// which no more comes if it is none.
func (u *utf8Reader) Read(p []byte) (int, error) {
	if u.last != nil {
		return 0, u.last
	}
	n, err := u.r.Read(p)
	sound, wrong := u.check(p[:n])
	switch {
	case wrong != nil:
		n, u.last = sound, wrong
	case errors.Is(err, io.EOF) && len(u.rest) > 0:
		u.last = &Error{Encoding: UTF8, Cut: true}
	default:
		u.last = err
	}
	if n > 0 {
		return n, nil
	}
	return 0, u.last
}

// check says how many bytes are sound, and what is wrong with those that
// follow.
func (u *utf8Reader) check(p []byte) (sound int, err error) {
	for len(u.rest) > 0 && len(p) > sound {
		u.rest = append(u.rest, p[sound])
		if !utf8.FullRune(u.rest) {
			sound++
			continue
		}
		if r, size := utf8.DecodeRune(u.rest); r == utf8.RuneError && size == 1 {
			return sound, &Error{Encoding: UTF8, Bytes: u.rest}
		}
		u.rest, sound = u.rest[:0], sound+1
	}
	if utf8.Valid(p[sound:]) {
		return len(p), nil
	}
	for sound < len(p) {
		if n := asciiRun(p[sound:]); n > 0 {
			sound += n
			continue
		}
		r, size := utf8.DecodeRune(p[sound:])
		if r == utf8.RuneError && size == 1 {
			if utf8.FullRune(p[sound:]) {
				return sound, &Error{Encoding: UTF8, Bytes: append([]byte(nil), p[sound])}
			}
			u.rest = append(u.rest[:0], p[sound:]...)
			return len(p), nil
		}
		sound += size
	}
	return len(p), nil
}
