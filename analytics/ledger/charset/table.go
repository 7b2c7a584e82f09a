package charset

import (
	"bytes"
	"fmt"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

// table is an encoding whose first 128 bytes are ASCII, and whose other
// characters take one byte or two; a few take more.
type table struct {
	name string
	one  [256]cell // characters of one byte
	two  []cell    // those of two, by pairOf; nil where there are none
	// long is how many bytes a character has that is in neither table; 0: none
	// begins so. It is given two bytes.
	long   func(first, second byte) int
	decode *decoder
}

// cell is what a character is in UTF-8; of 0 bytes: there is none.
type cell struct {
	size uint8
	utf8 [7]byte // two characters at most, as Big5 has a few
}

func (c *cell) bytes() []byte { return c.utf8[:c.size] }

// pairOf is where two bytes stand in a table; the first is beyond ASCII.
func pairOf(first, second byte) int { return int(first&0x7f)<<8 | int(second) }

// tables are made where they are asked for, once each.
var tables sync.Map // of func() *table, by name

func tableOf(name string) *table {
	once, _ := tables.LoadOrStore(name, sync.OnceValue(func() *table { return newTable(name) }))
	return once.(func() *table)()
}

func newTable(name string) *table {
	t := &table{name: name, long: longOf(name)}
	for _, k := range encodings {
		if k.name == name && k.table != nil {
			t.decode = &decoder{t: k.table.NewDecoder()}
		}
	}
	if t.decode == nil {
		panic(fmt.Sprintf("charset: %s has no table", name))
	}
	for b := range 256 {
		t.one[b] = t.decode.single(byte(b))
	}
	for first := 0x80; first < 256; first++ {
		if t.decode.cell(byte(first)).size == 0 { // by itself no character, not even one of control
			t.addPairs(byte(first))
		}
	}
	return t
}

// addPairs adds the characters of two bytes that begin with one.
func (t *table) addPairs(first byte) {
	for second := 0x30; second < 256; second++ { // what is below ends no character
		c := t.decode.cell(first, byte(second))
		if c.size == 0 || second < 0x80 && c.utf8[c.size-1] == byte(second) {
			continue // none, or a character of one byte and an ASCII sign
		}
		if t.two == nil {
			t.two = make([]cell, 128*256)
		}
		t.two[pairOf(first, byte(second))] = c
	}
}

// longOf says how characters of more than two bytes begin.
func longOf(name string) func(first, second byte) int {
	switch name {
	case "gb18030":
		return func(_, second byte) int {
			if second >= '0' && second <= '9' {
				return 4
			}
			return 0
		}
	case "euc-jp":
		return func(first, _ byte) int {
			if first == 0x8f {
				return 3
			}
			return 0
		}
	}
	return func(byte, byte) int { return 0 }
}

// longCell is a character of more than two bytes.
func (t *table) longCell(b []byte) cell {
	if t.name == "gb18030" && bytes.Equal(b, []byte{0x84, 0x31, 0xa4, 0x37}) {
		c := cell{size: 3} // U+FFFD, which is how the library says that there is none
		utf8.EncodeRune(c.utf8[:], utf8.RuneError)
		return c
	}
	// Decoders of the library keep nothing between characters, but have no name
	// for two goroutines at a time.
	t.decode.mutex.Lock()
	defer t.decode.mutex.Unlock()
	return t.decode.cell(b...)
}

// decoder asks the library for single characters.
type decoder struct {
	t     *encoding.Decoder
	mutex sync.Mutex
}

// cell is the character that some bytes are; of 0 bytes where they are none, or
// several.
func (d *decoder) cell(b ...byte) (c cell) {
	d.t.Reset()
	n, used, err := d.t.Transform(c.utf8[:], b, true)
	if err != nil || used != len(b) || bytes.ContainsRune(c.utf8[:n], utf8.RuneError) {
		return cell{}
	}
	c.size = uint8(n)
	return c
}

// single is the character of one byte. The control characters U+0080 to U+009F
// are in no text: a file of Latin-1 that has them is in windows-1252, whose
// gaps they fill in the library.
func (d *decoder) single(b byte) cell {
	c := d.cell(b)
	if r, _ := utf8.DecodeRune(c.bytes()); r >= 0x80 && r < 0xa0 {
		return cell{}
	}
	return c
}
