package job

import (
	"clientele/analytics/ledger/charset"
)

// AutoEncoding is the word for the encoding that a file's bytes show.
const AutoEncoding = "auto"

// readEncoding reads in which encoding the text files of a source are, under
// whatever name people know it by.
func readEncoding(s *section, into *string) {
	text, ok := s.scalar("encoding", "the name of an encoding, such as utf-8, or auto")
	if !ok || text == AutoEncoding {
		return
	}
	name, known := charset.Named(text)
	if !known {
		s.fail("encoding", "unknown encoding %s; %s", quoted(text),
			suggestion(text, append([]string{AutoEncoding}, charset.Names()...), "auto finds it, or name it: utf-8, utf-16, gb18030, big5, shift-jis, windows-1252, latin-1, ..."))
		return
	}
	*into = name
}
