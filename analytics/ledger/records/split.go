package records

import "bytes"

// splitting is how far the cells of a record have been found.
type splitting int

const (
	whole  splitting = iota // every quote that opens closes
	open                    // the text ends within quotes
	broken                  // text follows quotes that have closed
)

// splitter splits a record at a delimiter. Quotes count only where a cell
// begins, spaces before them apart: 5" is a cell of two characters. Within
// quotes a quote is written twice.
type splitter struct {
	delimiter byte
	cells     [][]byte

	quoted   int // where the cell within quotes begins that the text ended in
	searched int // how far its end was looked for
	doubled  bool
	closed   int    // where the quotes closed that were looked for last
	scratch  []byte // cells with doubled quotes, written once
}

// split splits a text from its beginning. Cells hold until the next call.
func (s *splitter) split(text []byte) splitting {
	s.cells, s.scratch = s.cells[:0], s.scratch[:0]
	if bytes.IndexByte(text, '"') < 0 {
		for {
			i := bytes.IndexByte(text, s.delimiter)
			if i < 0 {
				s.cells = append(s.cells, text)
				return whole
			}
			s.cells = append(s.cells, text[:i])
			text = text[i+1:]
		}
	}
	return s.from(text, 0)
}

// resume goes on where split or resume ended within quotes, in a text that
// begins with the same bytes and is longer. It tells how far the cells are
// found and not what they are: the text may have moved since they began.
func (s *splitter) resume(text []byte) splitting {
	next, state := s.quotes(text)
	if state != whole || next > len(text) {
		return state
	}
	closed := s.closed
	state = s.from(text, next)
	s.closed = closed // of the cell that stayed open, whatever follows
	return state
}

// from splits from the beginning of a cell on.
func (s *splitter) from(text []byte, at int) splitting {
	for at <= len(text) {
		begin := at
		for begin < len(text) && text[begin] == ' ' {
			begin++
		}
		if begin < len(text) && text[begin] == '"' {
			s.quoted, s.searched, s.doubled = begin+1, begin+1, false
			next, state := s.quotes(text)
			if state != whole {
				return state
			}
			at = next
			continue
		}
		i := bytes.IndexByte(text[at:], s.delimiter)
		if i < 0 {
			i = len(text) - at
		}
		s.cells = append(s.cells, text[at:at+i])
		at += i + 1
	}
	return whole
}

// quotes reads the rest of a cell within quotes, and gives where the next cell
// begins: beyond the text where there is none.
func (s *splitter) quotes(text []byte) (next int, state splitting) {
	for {
		i := bytes.IndexByte(text[s.searched:], '"')
		if i < 0 {
			s.searched = len(text)
			return 0, open
		}
		at := s.searched + i
		if at+1 < len(text) && text[at+1] == '"' {
			s.doubled, s.searched = true, at+2
			continue
		}
		s.cells, s.closed = append(s.cells, s.once(text[s.quoted:at])), at
		at++
		for at < len(text) && text[at] == ' ' {
			at++
		}
		if at < len(text) && text[at] != s.delimiter {
			return 0, broken
		}
		return at + 1, whole
	}
}

// once writes the doubled quotes of a cell once.
func (s *splitter) once(cell []byte) []byte {
	if !s.doubled {
		return cell
	}
	begin := len(s.scratch)
	for {
		i := bytes.Index(cell, []byte(`""`))
		if i < 0 {
			s.scratch = append(s.scratch, cell...)
			return s.scratch[begin:]
		}
		s.scratch = append(s.scratch, cell[:i+1]...)
		cell = cell[i+2:]
	}
}
