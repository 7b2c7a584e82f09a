package ledger

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"clientele/analytics/job"
	"clientele/analytics/ledger/charset"
	"clientele/analytics/ledger/records"
)

// In which encoding a file is.
//
// Where the job names it, so it is read. Otherwise a file is taken for UTF-8,
// and read as such from its first byte to its last: what is UTF-8 is read once
// and no slower. The first byte that is not UTF-8 stops the reading, wherever it
// stands. The statement that was fed is undone by the engine, as any that fails,
// so that no row is there twice; the whole file is looked at for its encoding, and the
// reading begins again.

// encoding is how the bytes of a text file are read.
type encoding struct {
	name    string // as package charset names it
	assumed bool   // to be UTF-8, until a byte shows otherwise
	found   bool   // by what is in the file
}

// misread is a place in a file where the bytes are not in its encoding.
type misread struct {
	open  string // the file
	line  int64
	wrong *charset.Error
}

// Error implements error.
func (m *misread) Error() string { return fmt.Sprintf("line %d: %v", m.line, m.wrong) }

// decoded reads the bytes of a file as text, whose lines are counted.
func (f file) decoded(bytes io.Reader, counted *records.LineCount) io.Reader {
	return &placed{f, io.TeeReader(charset.NewReader(f.encoding.name, bytes), counted), counted}
}

// placed says on which line bytes are that cannot be decoded.
type placed struct {
	file    file
	text    io.Reader
	counted *records.LineCount
}

// Read implements io.Reader.
func (p *placed) Read(b []byte) (int, error) {
	n, err := p.text.Read(b)
	if wrong, ok := errors.AsType[*charset.Error](err); ok {
		err = &misread{p.file.open, p.counted.Current(), wrong}
	}
	return n, err
}

// chooseEncoding says how a file is read at first, given what the job says;
// where that is nothing, as for auto.
func (f *file) chooseEncoding(ctx context.Context, said string) error {
	if said != "" && said != job.AutoEncoding && said != charset.UTF16 {
		f.encoding = encoding{name: said}
		return nil
	}
	f.encoding = encoding{name: charset.UTF8, assumed: true}
	wide, err := f.looksWide()
	switch {
	case err != nil:
		return err
	case wide:
		_, err = f.findEncoding(ctx)
	case said == charset.UTF16:
		err = errors.New("neither a byte order mark nor zero bytes show that it is UTF-16: say utf-16le or utf-16be, or what it is")
	}
	return err
}

// looksWide tells whether a file begins as one in UTF-16.
func (f file) looksWide() (wide bool, err error) {
	text, err := OpenText(f.open)
	if err != nil {
		return false, err
	}
	const enough = 1 << 12 // bytes
	head, err := bufio.NewReaderSize(text, enough).Peek(enough)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return charset.LooksWide(head), errors.Join(err, text.Close())
}

// findEncoding looks at a whole file. Where that tells how it is read, it is
// noted.
func (f *file) findEncoding(ctx context.Context) (charset.Finding, error) {
	text, err := OpenText(f.open)
	if err != nil {
		return charset.Finding{}, err
	}
	found, err := charset.Detect(interruptible{ctx, text})
	if err := errors.Join(err, text.Close()); err != nil {
		return found, err
	}
	if found.Encoding != "" {
		f.encoding = encoding{name: found.Encoding, found: true}
	}
	return found, nil
}

// interruptible stops a long read when the run is called off.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (i interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.r.Read(p)
}

// reread finds the encoding of a file that was taken for UTF-8 and is not. Its
// error is for who gave the file: nil where the file can be read anew.
func (b *batch) reread(ctx context.Context, f *file, m *misread) error {
	if !f.encoding.assumed {
		return b.undecodable(f, m)
	}
	found, err := f.findEncoding(ctx)
	switch {
	case err != nil:
		return dataError(*f, err)
	case found.Mixed, found.Encoding == charset.UTF8:
		return b.misreading(f, m, "%v, and other lines are UTF-8: the file is damaged, or put together of several; export it again in one encoding, or say by sources.%d.encoding in which it is", m.wrong, b.source)
	case found.Encoding != "":
		return nil
	case len(found.Rivals) > 0:
		return b.misreading(f, m, "it is not UTF-8 from this line on, and reads as %s, each time with another text: say by sources.%d.encoding in which it is", likeliest(found.Rivals), b.source)
	}
	return b.misreading(f, m, "it is not UTF-8 from this line on, and makes no sense in the encodings that are tried: say by sources.%d.encoding in which it is, or export it as UTF-8", b.source)
}

// undecodable is the error about bytes that are not in the encoding that was
// said or found.
func (b *batch) undecodable(f *file, m *misread) error {
	if m.wrong.Cut {
		return b.misreading(f, m, "%v", m.wrong)
	}
	if f.encoding.found {
		return b.misreading(f, m, "%v, as which the rest of the file reads: it is damaged; export it again, or say by sources.%d.encoding in which encoding it is", m.wrong, b.source)
	}
	return b.misreading(f, m, "%v, as which sources.%d.encoding has the file read: name the encoding that it is in, or auto, or export it again", m.wrong, b.source)
}

func (b *batch) misreading(f *file, m *misread, format string, args ...any) error {
	return &DataError{Path: f.path, Line: m.line, Message: fmt.Sprintf(format, args...)}
}

// readAgain decides what an error of reading means: nil where the file at fault is
// in another encoding than was thought, and all can be read again.
func (b *batch) readAgain(ctx context.Context, err error) error {
	m, ok := errors.AsType[*misread](err)
	if !ok {
		return err
	}
	f := &b.files[slices.IndexFunc(b.files, func(f file) bool { return f.open == m.open })]
	if err := b.reread(ctx, f, m); err != nil {
		return err
	}
	// What was planned goes by the first lines, which were taken for UTF-8.
	again := &batch{source: b.source, spec: b.spec, format: b.format, files: []file{*f}}
	if err := again.lookAtHead(); err != nil {
		return dataError(*f, err)
	}
	if !b.hasColumnsOf(again) {
		return b.misreading(f, m, "the file reads as %s, and the names of its columns do not read as UTF-8 by chance only: say by sources.%d.encoding in which encoding it is", f.encoding.name, b.source)
	}
	f.head, f.layout = again.files[0].head, again.files[0].layout
	return nil
}

// readAs says that a file is read in an encoding, which its reading found.
func (b *batch) readAs(f *file, encoding string) error {
	if f.encoding.name == encoding {
		return nil
	}
	f.encoding.name, f.encoding.assumed, f.encoding.found = encoding, false, true
	again := &batch{source: b.source, spec: b.spec, format: b.format, files: []file{*f}}
	if err := again.lookAtHead(); err != nil {
		return dataError(*f, err)
	}
	f.head, f.layout = again.files[0].head, again.files[0].layout
	return nil
}

// hasColumnsOf tells whether a batch was planned with the columns of a file that is looked
// at again. A JSON file has those of its neighbours too.
func (b *batch) hasColumnsOf(again *batch) bool {
	if b.format != job.JSON {
		return slices.Equal(again.names(), b.names())
	}
	return !slices.ContainsFunc(again.members, func(m records.Member) bool {
		return !slices.ContainsFunc(b.members, func(known records.Member) bool { return known.Name == m.Name })
	})
}

// likeliest lists the first encodings that a text may be in: `a or b`.
func likeliest(names []string) string {
	const most = 3
	if len(names) > most {
		return strings.Join(names[:most], ", ") + " or others"
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// FileEncoding is in which encoding a text file is.
type FileEncoding struct{ Path, Encoding string }

// Encodings looks at all text files that this process reads to their ends, and tells in which
// encoding each is. Load finds that out as it reads; who loads a sample only asks here.
func (p *Plan) Encodings(ctx context.Context) ([]FileEncoding, error) {
	var all []FileEncoding
	for _, b := range p.readHere() {
		if b.format != job.CSV && b.format != job.JSON {
			continue
		}
		for i := range b.files {
			if err := b.proveEncoding(ctx, &b.files[i]); err != nil {
				return nil, err
			}
			all = append(all, FileEncoding{b.files[i].path, b.files[i].encoding.name})
		}
	}
	return all, nil
}

// proveEncoding decodes a file to its end.
func (b *batch) proveEncoding(ctx context.Context, f *file) error {
	for {
		text, err := OpenText(f.open)
		if err != nil {
			return dataError(*f, err)
		}
		_, err = io.Copy(io.Discard, f.decoded(interruptible{ctx, text}, &records.LineCount{}))
		if err := errors.Join(err, text.Close()); err == nil {
			return nil
		} else if err := b.readAgain(ctx, err); err != nil {
			return dataError(*f, err)
		}
	}
}
