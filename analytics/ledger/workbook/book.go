package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Book is an open workbook.
type Book struct {
	Sheets []Sheet

	parts    map[string]*zip.File
	texts    []string // that cells share
	dates    []clock  // by style: how its numbers are times
	from1904 bool
}

// Sheet is a sheet of cells in a workbook.
type Sheet struct {
	Name   string
	Hidden bool // from who opens the workbook
	part   string
}

// ole is how files of older programs begin, and those with a password.
var ole = []byte{0xD0, 0xCF, 0x11, 0xE0}

// Open opens a workbook whose bytes are in memory.
func Open(file []byte) (*Book, error) {
	if bytes.HasPrefix(file, ole) {
		return nil, errors.New("it is a workbook with a password, or of Excel 97-2003 (.xls): save it as .xlsx without a password")
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, errors.New("it is no workbook, or was cut off: save it as .xlsx again")
	}
	b := &Book{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		b.parts[strings.ToLower(strings.TrimPrefix(f.Name, "/"))] = f
	}
	for _, read := range []func() error{b.readSheets, b.readTexts, b.readStyles} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// relations are the parts of a part by the ids under which it names them.
type relations struct {
	Relationships []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

func (b *Book) relationsOf(part string) (relations, error) {
	var r relations
	folder, name := path.Split(part)
	err := b.decode(folder+"_rels/"+name+".rels", &r)
	for i, one := range r.Relationships {
		if target, absolute := strings.CutPrefix(one.Target, "/"); absolute {
			r.Relationships[i].Target = target
		} else {
			r.Relationships[i].Target = path.Join(folder, one.Target)
		}
	}
	return r, err
}

// partOf is the part of a kind, such as officeDocument; empty: there is none.
func (r relations) partOf(kind string) string {
	for _, one := range r.Relationships {
		if path.Base(one.Type) == kind {
			return one.Target
		}
	}
	return ""
}

// main is the part that says what is in the workbook.
func (b *Book) main() (string, error) {
	r, err := b.relationsOf("")
	if err != nil {
		return "", err
	}
	if part := r.partOf("officeDocument"); part != "" {
		return part, nil
	}
	return "", errors.New("it is no workbook: it has no part that says so")
}

func (b *Book) readSheets() error {
	main, err := b.main()
	if err != nil {
		return err
	}
	var book struct {
		Properties struct {
			From1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"id,attr"`
			// State is visible, hidden or veryHidden; without it the first.
			State string `xml:"state,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := b.decode(main, &book); err != nil {
		return err
	}
	r, err := b.relationsOf(main)
	if err != nil {
		return err
	}
	b.from1904 = book.Properties.From1904 == "1" || book.Properties.From1904 == "true"
	for _, s := range book.Sheets {
		for _, one := range r.Relationships {
			if one.ID == s.ID && path.Base(one.Type) == "worksheet" { // and not a chart
				b.Sheets = append(b.Sheets, Sheet{s.Name, s.State != "" && s.State != "visible", one.Target})
			}
		}
	}
	return nil
}

// partBeside is a part of a kind that the workbook names, if it has one.
func (b *Book) partBeside(kind string) (string, error) {
	main, err := b.main()
	if err != nil {
		return "", err
	}
	r, err := b.relationsOf(main)
	return r.partOf(kind), err
}

// readTexts reads the texts that cells share.
func (b *Book) readTexts() error {
	part, err := b.partBeside("sharedStrings")
	if err != nil || part == "" {
		return err
	}
	return b.walk(part, func(r io.Reader) error {
		x := newScanner(r)
		var text []byte
		for {
			kind, err := x.next()
			if err != nil {
				return err
			}
			if kind == beginning && string(x.name) == "si" {
				if text, err = richText(x, text[:0], "si"); err != nil {
					return cut(err)
				}
				b.texts = append(b.texts, string(appendUnescaped(nil, text)))
			}
		}
	})
}

// richText appends the text in an element whose beginning was read. Its parts may be set in
// different letters; how Japanese is pronounced is no part of it.
func richText(x *scanner, to []byte, element string) ([]byte, error) {
	inText, aside := false, false
	for {
		kind, err := x.next()
		if err != nil {
			return to, err
		}
		switch {
		case kind == characters && inText && !aside:
			to = append(to, x.text...)
		case kind == beginning:
			inText = string(x.name) == "t"
			aside = aside || string(x.name) == "rPh"
		case kind == ending:
			inText = false
			if string(x.name) == "rPh" {
				aside = false
			}
			if string(x.name) == element {
				return to, nil
			}
		}
	}
}

// decode reads a small part as a whole. One that is not there is empty.
func (b *Book) decode(part string, into any) error {
	if b.parts[strings.ToLower(part)] == nil {
		return nil
	}
	return b.walk(part, func(r io.Reader) error { return xml.NewDecoder(r).Decode(into) })
}

// walk reads a part. The end of it is no error.
func (b *Book) walk(part string, read func(io.Reader) error) (err error) {
	r, err := b.open(part)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if err := read(r); err != nil && !errors.Is(err, io.EOF) {
		return damaged(part, err)
	}
	return nil
}

func (b *Book) open(part string) (io.ReadCloser, error) {
	f := b.parts[strings.ToLower(part)]
	if f == nil {
		return nil, fmt.Errorf("its part %s is missing: save it again", part)
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged(part, err)
	}
	return r, nil
}

func damaged(part string, err error) error {
	return fmt.Errorf("its part %s is damaged (%w): save or copy it again", part, err)
}
