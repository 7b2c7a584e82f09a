package records

import "bytes"

// LineCount counts the lines of a text that is written to it. It knows nothing
// of records and cells, so that what it says of a file can be held against
// what the reader of records made of it.
type LineCount struct {
	ends int64
	last byte
	some bool
}

// Write implements io.Writer.
func (c *LineCount) Write(text []byte) (int, error) {
	if len(text) == 0 {
		return 0, nil
	}
	newlines := bytes.Count(text, []byte{'\n'})
	returns := bytes.Count(text, []byte{'\r'})
	both := 0
	if returns > 0 {
		both = bytes.Count(text, []byte("\r\n"))
	}
	c.ends += int64(newlines + returns - both)
	if c.last == '\r' && text[0] == '\n' {
		c.ends-- // the two halves of one line end
	}
	c.last, c.some = text[len(text)-1], true
	return len(text), nil
}

// Current is the line, from 1, that what is written next is on.
func (c *LineCount) Current() int64 { return c.ends + 1 }

// Lines is how many lines the text has; the last need not have an end.
func (c *LineCount) Lines() int64 {
	if c.some && c.last != '\n' && c.last != '\r' {
		return c.ends + 1
	}
	return c.ends
}
