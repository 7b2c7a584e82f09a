package workbook

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// tokensOf takes a text apart by the scanner: elements with the attributes a and b, and
// texts that follow each other as one.
func tokensOf(r io.Reader) (all []string, err error) {
	s := newScanner(r)
	for {
		kind, err := s.next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		switch kind {
		case beginning:
			all = append(all, fmt.Sprintf("<%s %q %q", s.name, s.attribute("a"), s.attribute("b")))
		case ending:
			all = append(all, fmt.Sprintf(">%s", s.name))
		case characters:
			all = addText(all, string(s.text))
		}
	}
}

func addText(all []string, text string) []string {
	if n := len(all); n > 0 && strings.HasPrefix(all[n-1], "=") {
		all[n-1] += text
		return all
	}
	return append(all, "="+text)
}

// standardTokensOf is tokensOf by the standard library.
func standardTokensOf(text string) (all []string, err error) {
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			of := map[string]string{}
			for _, a := range token.Attr {
				if _, before := of[a.Name.Local]; !before {
					of[a.Name.Local] = a.Value
				}
			}
			all = append(all, fmt.Sprintf("<%s %q %q", token.Name.Local, of["a"], of["b"]))
		case xml.EndElement:
			all = append(all, ">"+token.Name.Local)
		case xml.CharData:
			all = addText(all, string(token))
		}
	}
}

// document draws XML as programs write it.
func document(t *rapid.T) string {
	var b strings.Builder
	b.WriteString(rapid.SampledFrom([]string{"", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n", "<?xml version='1.0'?>"}).Draw(t, "declaration"))
	text := rapid.SampledFrom([]string{"", "x", " 客户 é ", "a &amp; b", "&lt;&#65;&#x5BA2;&quot;&apos;&gt;", "line\r\nline\rline\n", "<![CDATA[<&>\n]]>", "<!-- <c a='1'> -->", "]]", "> '\""})
	values := rapid.SampledFrom([]string{"", "1", "A1", "x>y", "it's", "&amp;", "客", "a=b"})
	var element func(depth int)
	element = func(depth int) {
		name := rapid.SampledFrom([]string{"c", "row", "x:v", "is"}).Draw(t, "name")
		b.WriteString("<" + name)
		for _, a := range []string{"a", "x:b", "other"} {
			if rapid.Bool().Draw(t, a) {
				b.WriteString(rapid.SampledFrom([]string{" ", "\n\t"}).Draw(t, "space") + a + `="` + values.Draw(t, "value") + `"`)
			}
		}
		if rapid.Bool().Draw(t, "empty") {
			b.WriteString(rapid.SampledFrom([]string{"/>", " />"}).Draw(t, "end"))
			return
		}
		b.WriteString(">" + text.Draw(t, "text"))
		for range rapid.IntRange(0, 3-min(depth, 3)).Draw(t, "children") {
			element(depth + 1)
			b.WriteString(text.Draw(t, "between"))
		}
		b.WriteString("</" + name + ">")
	}
	element(0)
	return b.String()
}

// The scanner takes apart what the standard library does, wherever the reads end.
func TestScannerAsTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := document(t)
		want, err := standardTokensOf(text)
		require.NoError(t, err)
		for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text)), iotest.DataErrReader(strings.NewReader(text))} {
			got, err := tokensOf(r)
			require.NoError(t, err, text)
			require.Equal(t, want, got, text)
		}
	})
}

// FuzzScanner: whatever the bytes, what the standard library reads is read the same, and
// nothing runs beyond the end.
func FuzzScanner(f *testing.F) {
	for _, seed := range []string{"<a b='1'>x</a>", "<a", "<![CDATA[", "<a b=\"", "&", "<a>&#0;</a>", "<!DOCTYPE a>", "</>", "<a b=1>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := tokensOf(strings.NewReader(text))
		want, wrong := standardTokensOf(text)
		if err == nil && wrong == nil && !strings.Contains(text, "<!") {
			require.Equal(t, want, got)
		}
	})
}

// What is no XML is damage, and so is what ends too early.
func TestScannerDamage(t *testing.T) {
	for text, want := range map[string]string{
		"<a":                            "unexpected EOF",
		"<!-- x":                        "unexpected EOF",
		"<a>&nbsp;</a>":                 "it has an & of no sign that is known",
		"<a>& </a>":                     "it has an & that is none",
		"<a>\xff</a>":                   "it has bytes that are not UTF-8",
		"<!DOCTYPE a><a/>":              "it has a declaration of its own elements",
		"<?xml encoding='utf-16'?><a/>": `it is written in "utf-16", not in UTF-8`,
		"<>":                            "it has an element without a name",
	} {
		_, err := tokensOf(strings.NewReader(text))
		require.ErrorContains(t, err, want, text)
	}
}
