package charset

import (
	"errors"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/zeebo/xxh3"
)

// Finding is what a text shows of its encoding.
type Finding struct {
	// Encoding is empty where the text does not tell.
	Encoding string
	// Rivals are encodings in which the text would be another, about as likely.
	Rivals []string
	// Mixed: some words of the text are UTF-8, and others are not.
	Mixed bool
}

// LooksWide tells whether a text begins as one of UTF-16, which may look like
// UTF-8 with zeros in it.
func LooksWide(head []byte) bool { return byteOrder(head) != "" }

// Detect reads a text to its end and finds out in which encoding it is.
//
// UTF-16 shows in its first bytes. UTF-8 is what is UTF-8 throughout: no other
// text is by chance, but for a word or two. For the other encodings, all words
// with signs beyond ASCII are weighed: in how many of them they cannot be, and how
// likely their characters are. Each word counts once, however often it stands
// in the text.
func Detect(text io.Reader) (Finding, error) {
	d := &detector{r: text, left: candidates()}
	if err := d.fill(); err != nil {
		return Finding{}, err
	}
	if wide := byteOrder(d.buf[:min(len(d.buf), wideBytes)]); wide != "" {
		return Finding{Encoding: wide}, nil
	}
	for {
		d.words()
		if d.ended {
			return d.verdict(), nil
		}
		if err := d.fill(); err != nil {
			return Finding{}, err
		}
	}
}

const (
	wideBytes   = 1 << 12 // that are looked at for UTF-16
	detectBytes = 1 << 18 // that are read at once
)

// detector reads the words of a text.
type detector struct {
	r     io.Reader
	buf   []byte // what was read and not looked at
	ended bool

	left                      []*candidate
	seen                      [1 << 14]uint64 // hashes of words, each in the place that it points at
	words8, wordsOther, total int
}

// fill reads more of the text.
func (d *detector) fill() error {
	at := len(d.buf)
	d.buf = slices.Grow(d.buf, detectBytes)[:at+detectBytes]
	n, err := io.ReadFull(d.r, d.buf[at:])
	d.buf = d.buf[:at+n]
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		d.ended, err = true, nil
	}
	return err
}

// ofWord tells the bytes of words from those that part them. No character of
// several bytes has one of the latter in it, in any encoding.
func ofWord(b byte) bool { return b >= 0x40 || b >= '0' && b <= '9' }

// words looks at the words in what was read, and keeps the beginning of one
// that may go on.
func (d *detector) words() {
	at := 0
	for {
		odd := at + asciiRun(d.buf[at:])
		begin := odd
		for begin > at && ofWord(d.buf[begin-1]) {
			begin--
		}
		end := odd
		for end < len(d.buf) && ofWord(d.buf[end]) {
			end++
		}
		if end == len(d.buf) && !d.ended {
			at = begin
			break
		}
		if odd == len(d.buf) {
			at = odd
			break
		}
		d.word(d.buf[begin:end])
		at = end
	}
	d.buf = append(d.buf[:0], d.buf[at:]...)
}

// word weighs a word that was not seen before, or not lately.
func (d *detector) word(word []byte) {
	hash := xxh3.Hash(word) | 1
	place := &d.seen[hash>>50]
	if *place == hash {
		return
	}
	*place = hash
	isUTF8 := utf8.Valid(word)
	if isUTF8 {
		d.words8++
	} else {
		d.wordsOther++
	}
	for _, c := range d.left {
		c.read(word, isUTF8)
	}
	const often = 1000 // words
	if d.total++; d.total%often == 0 {
		d.drop()
	}
}

// drop leaves the encodings out that are far behind.
func (d *detector) drop() {
	const far = 300 // as a logarithm: no text makes that good
	best := d.best().score()
	d.left = slices.DeleteFunc(d.left, func(c *candidate) bool { return c.score() < best-far })
}

func (d *detector) best() *candidate {
	return slices.MaxFunc(d.left, func(a, b *candidate) int {
		if a.score() > b.score() {
			return 1
		}
		return -1 // of two that are alike the first
	})
}

// verdict says what the words show.
func (d *detector) verdict() Finding {
	if d.wordsOther == 0 {
		return Finding{Encoding: UTF8}
	}
	// some is the share of words that are UTF-8 by damage or by another encoding
	// in the same text, and not by chance.
	const some = 0.05
	best := d.best()
	senseless := best.sense() < best.least
	switch {
	case d.words8 >= d.wordsOther && (senseless || best.bad > 0 || best.odd > 0),
		float64(best.odd) > some*float64(d.total):
		return Finding{Mixed: true}
	case senseless:
		return Finding{}
	case best.bad > 0: // it is damaged: who reads it says where
		return Finding{Encoding: best.name}
	}
	var rivals []string
	for _, c := range d.left {
		if c.bad == 0 && c.text != best.text && c.score() > best.score()-best.margin() {
			rivals = append(rivals, c.name)
		}
	}
	if rivals != nil {
		return Finding{Rivals: append([]string{best.name}, rivals...)}
	}
	return Finding{Encoding: best.name}
}
