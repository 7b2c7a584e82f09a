package charset

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// utf16Decoder decodes UTF-16 of one byte order.
type utf16Decoder struct {
	name  string
	order binary.ByteOrder
}

// transform implements transformer. The byte order mark is a character like
// any other: who reads lines knows it.
func (d utf16Decoder) transform(dst, src []byte, last bool) (out []byte, used int, err error) {
	for used+2 <= len(src) {
		r, size := rune(d.order.Uint16(src[used:])), 2
		if utf16.IsSurrogate(r) {
			if used+4 > len(src) {
				break
			}
			r, size = utf16.DecodeRune(r, rune(d.order.Uint16(src[used+2:]))), 4
			if r == utf8.RuneError { // the two are no pair
				return dst, used, &Error{Encoding: d.name, Bytes: bytes.Clone(src[used : used+2])}
			}
		}
		dst = utf8.AppendRune(dst, r)
		used += size
	}
	if last && used < len(src) {
		return dst, used, &Error{Encoding: d.name, Cut: true}
	}
	return dst, used, nil
}

// byteOrder tells UTF-16 by its mark or by the zero bytes of its ASCII: the
// delimiters, digits and line ends that every export has. It is empty where
// the text is not UTF-16.
func byteOrder(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return UTF16LE
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return UTF16BE
	}
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	const (
		least = 0.1  // of the units: exports of Chinese text have as many signs of ASCII
		most  = 0.01 // of the other bytes, which are zero in a few characters only
	)
	units := float64(len(head) / 2)
	switch even, odd := float64(zeros[0]), float64(zeros[1]); {
	case odd >= least*units && odd > 0 && even <= most*units:
		return UTF16LE
	case even >= least*units && even > 0 && odd <= most*units:
		return UTF16BE
	}
	return ""
}
