package charset

import (
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// The encodings that are not tables.
const (
	UTF8    = "utf-8"
	UTF16   = "utf-16" // with a byte order mark or, by its zero bytes, without
	UTF16LE = "utf-16le"
	UTF16BE = "utf-16be"
)

// known is an encoding and what people call it.
type known struct {
	name    string
	aliases []string
	table   encoding.Encoding // nil: not a table
}

// encodings are those that can be read. GB18030 holds GBK and GB2312; where
// one of these is meant, the text is the same.
var encodings = []known{
	{UTF8, []string{"utf-8-sig", "utf-8-bom", "unicode-1-1-utf-8", "cp65001"}, nil},
	{UTF16, []string{"unicode", "ucs-2"}, nil},
	{UTF16LE, []string{"ucs-2le"}, nil},
	{UTF16BE, []string{"ucs-2be"}, nil},
	{"gb18030", []string{"gbk", "gb2312", "cp936", "ms936", "euc-cn", "windows-936"}, simplifiedchinese.GB18030},
	{"big5", []string{"big-5", "cp950", "ms950", "big5-hkscs", "windows-950"}, traditionalchinese.Big5},
	{"shift-jis", []string{"sjis", "cp932", "ms932", "windows-31j", "ms-kanji", "windows-932", "s-jis"}, japanese.ShiftJIS},
	{"euc-jp", []string{"ujis"}, japanese.EUCJP},
	{"euc-kr", []string{"cp949", "ms949", "uhc", "ks-c-5601-1987", "ksc5601", "windows-949"}, korean.EUCKR},
	{"windows-1252", []string{"cp1252", "ansi", "1252"}, charmap.Windows1252},
	{"latin-1", []string{"iso-8859-1", "l1", "8859-1", "cp819"}, charmap.ISO8859_1},
	{"windows-1250", []string{"cp1250"}, charmap.Windows1250},
	{"windows-1251", []string{"cp1251"}, charmap.Windows1251},
	{"windows-1253", []string{"cp1253"}, charmap.Windows1253},
	{"windows-1254", []string{"cp1254"}, charmap.Windows1254},
	{"windows-1255", []string{"cp1255"}, charmap.Windows1255},
	{"windows-1256", []string{"cp1256"}, charmap.Windows1256},
	{"windows-1257", []string{"cp1257"}, charmap.Windows1257},
	{"windows-1258", []string{"cp1258"}, charmap.Windows1258},
	{"windows-874", []string{"cp874", "tis-620", "iso-8859-11"}, charmap.Windows874},
	{"iso-8859-2", []string{"latin-2"}, charmap.ISO8859_2},
	{"iso-8859-3", []string{"latin-3"}, charmap.ISO8859_3},
	{"iso-8859-4", []string{"latin-4"}, charmap.ISO8859_4},
	{"iso-8859-5", []string{"cyrillic"}, charmap.ISO8859_5},
	{"iso-8859-6", []string{"arabic"}, charmap.ISO8859_6},
	{"iso-8859-7", []string{"greek"}, charmap.ISO8859_7},
	{"iso-8859-8", []string{"hebrew"}, charmap.ISO8859_8},
	{"iso-8859-9", []string{"latin-5"}, charmap.ISO8859_9},
	{"iso-8859-10", []string{"latin-6"}, charmap.ISO8859_10},
	{"iso-8859-13", []string{"latin-7"}, charmap.ISO8859_13},
	{"iso-8859-14", []string{"latin-8"}, charmap.ISO8859_14},
	{"iso-8859-15", []string{"latin-9"}, charmap.ISO8859_15},
	{"iso-8859-16", []string{"latin-10"}, charmap.ISO8859_16},
	{"koi8-r", nil, charmap.KOI8R},
	{"koi8-u", nil, charmap.KOI8U},
	{"macintosh", []string{"mac-roman", "x-mac-roman", "mac"}, charmap.Macintosh},
	{"mac-cyrillic", []string{"x-mac-cyrillic"}, charmap.MacintoshCyrillic},
	{"cp437", []string{"ibm437", "dos-437"}, charmap.CodePage437},
	{"cp850", []string{"ibm850", "dos-850", "850"}, charmap.CodePage850},
	{"cp852", []string{"ibm852"}, charmap.CodePage852},
	{"cp855", []string{"ibm855"}, charmap.CodePage855},
	{"cp858", []string{"ibm858"}, charmap.CodePage858},
	{"cp860", []string{"ibm860"}, charmap.CodePage860},
	{"cp862", []string{"ibm862"}, charmap.CodePage862},
	{"cp863", []string{"ibm863"}, charmap.CodePage863},
	{"cp865", []string{"ibm865"}, charmap.CodePage865},
	{"cp866", []string{"ibm866"}, charmap.CodePage866},
}

// Named finds an encoding by what people call it, whatever the case and the
// hyphens: GBK, cp1252, ISO_8859-1.
func Named(text string) (name string, ok bool) {
	text = folded(text)
	for _, k := range encodings {
		if folded(k.name) == text || slices.ContainsFunc(k.aliases, func(a string) bool { return folded(a) == text }) {
			return k.name, true
		}
	}
	return "", false
}

// Names are all names and aliases, the names first.
func Names() []string {
	var names, aliases []string
	for _, k := range encodings {
		names, aliases = append(names, k.name), append(aliases, k.aliases...)
	}
	return append(names, aliases...)
}

func folded(text string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(text))
}
