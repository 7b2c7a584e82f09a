package charset_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"clientele/analytics/ledger/charset"
)

// library is what another program knows of the encodings.
var library = map[string]encoding.Encoding{
	"gb18030": simplifiedchinese.GB18030, "big5": traditionalchinese.Big5, "shift-jis": japanese.ShiftJIS,
	"euc-jp": japanese.EUCJP, "euc-kr": korean.EUCKR,
	"windows-1252": charmap.Windows1252, "latin-1": charmap.ISO8859_1, "iso-8859-15": charmap.ISO8859_15,
	"windows-1250": charmap.Windows1250, "windows-1251": charmap.Windows1251, "cp850": charmap.CodePage850, "macintosh": charmap.Macintosh,
	"utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16be": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	"utf-8": encoding.Nop,
}

func decode(name, bytes string) (string, error) {
	text, err := io.ReadAll(charset.NewReader(name, strings.NewReader(bytes)))
	return string(text), err
}

func TestNames(t *testing.T) {
	for text, want := range map[string]string{
		"GBK": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "cp1252": "windows-1252", "Windows-1252": "windows-1252",
		"ISO_8859-1": "latin-1", "latin1": "latin-1", "Latin-1": "latin-1", "iso8859-15": "iso-8859-15", "SJIS": "shift-jis", "Shift_JIS": "shift-jis", "cp932": "shift-jis",
		"UTF8": "utf-8", "utf-8-sig": "utf-8", "UTF-16": "utf-16", "big5": "big5", "cp949": "euc-kr", "koi8r": "koi8-r",
	} {
		name, ok := charset.Named(text)
		require.True(t, ok, text)
		require.Equal(t, want, name, text)
	}
	_, ok := charset.Named("windows-1299")
	require.False(t, ok)
	for _, name := range charset.Names() {
		_, ok := charset.Named(name)
		require.True(t, ok, name)
	}
}

// FuzzDecode reads any bytes. What is decoded has no sign for something
// unknown in it and is what the library decodes; what is not is an error, after
// all text before it, however the bytes come in.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{"", "abc", "\x81", "\xff\xfe", "中文", "\xd6\xd0\xce\xc4", "\x84\x31\xa4\x37", "\x90\x30\x81\x30", "\x8f\xb0\xa1", "\x88\x62", "\x00\xd8\x00\xdc", "a\x80b", "\xf0\x90\x80", "\xe3\x80", "\xa0\xfd"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, bytes string) {
		for name, e := range library {
			text, err := decode(name, bytes)
			slow, slowErr := io.ReadAll(charset.NewReader(name, iotest.OneByteReader(strings.NewReader(bytes))))
			if err == nil {
				require.NoError(t, slowErr, name)
				require.Equal(t, text, string(slow), name)
				want, err := e.NewDecoder().String(bytes)
				require.NoError(t, err)
				require.Equal(t, want, text, name)
				require.True(t, utf8.ValidString(text), name)
				if back, err := e.NewEncoder().String(text); err == nil && name != "gb18030" && name != "big5" && name != "euc-jp" && name != "shift-jis" {
					require.Equal(t, bytes, back, name) // the others have some characters twice
				}
				continue
			}
			var wrong *charset.Error
			require.ErrorAs(t, err, &wrong, name)
			require.Equal(t, name, wrong.Encoding)
			require.Error(t, slowErr, name)
			require.True(t, strings.HasPrefix(bytes, text) || name != "utf-8", "all before it was read")
		}
	})
}

// Every character that an encoding has comes through, and is strict: the bytes
// that are none of its characters are refused.
func TestEveryCharacter(t *testing.T) {
	for name, e := range library {
		if strings.HasPrefix(name, "utf") {
			continue
		}
		read := 0
		for r := rune(0xa0); r < 0x20000; r++ {
			bytes, err := e.NewEncoder().String(string(r))
			if err != nil {
				continue
			}
			text, err := decode(name, "a"+bytes+"z")
			if c1 := len(bytes) == 1 && bytes[0] >= 0x80 && bytes[0] < 0xa0 && r >= 0x80 && r < 0xa0; c1 {
				require.Error(t, err)
				continue
			}
			require.NoError(t, err, "%s %U", name, r)
			want, err := e.NewDecoder().String("a" + bytes + "z")
			require.NoError(t, err)
			require.Equal(t, want, text, "%s %U", name, r)
			read++
		}
		require.Greater(t, read, 90, name)
	}
}

// texts are words of one export each, as shops write them.
var texts = map[string]string{
	"gb18030 products":      "苹果手机,男士纯棉短袖T恤,北京二锅头白酒,婴儿奶粉三段,无线蓝牙耳机,不锈钢保温杯,夏季新款连衣裙,iPhone手机壳",
	"gb18030 names":         "张伟,王芳,李娜,刘洋,陈静,杨帆,赵敏",
	"gb18030 sexes":         "男,女",
	"gb18030 answers":       "是,否",
	"gb18030 states":        "已付款,待发货,交易成功,交易关闭",
	"big5 products":         "手機殼,無線藍牙耳機,台灣高山茶,鳳梨酥禮盒,女裝連身裙,不鏽鋼保溫杯",
	"big5 names":            "陳怡君,林志玲,黃淑芬,張雅婷,李佳穎",
	"shift-jis products":    "緑茶ペットボトル,おにぎり鮭,チョコレート,タオルセット,ワイヤレスイヤホン",
	"shift-jis names":       "田中太郎,佐藤花子,鈴木一郎,高橋健,渡辺美咲",
	"shift-jis bank":        "ﾀﾅｶ ﾀﾛｳ,ｻﾄｳ ﾊﾅｺ,ｽｽﾞｷ ｲﾁﾛｳ,ﾀｶﾊｼ ｹﾝ,ﾔﾏﾓﾄ ﾖｳｺ,ｶ)ﾐﾂﾋﾞｼ",
	"windows-1252 German":   "Jürgen Müller,Käthe Schröder,Groß & Söhne",
	"windows-1252 one name": "Müller",
	"windows-1252 French":   "Crème brûlée,François Lefèvre,Hélène,Pâté,Noël,l’été",
	"windows-1252 Spanish":  "Piñata,José Núñez,María,Jamón",
	"windows-1252 pounds":   "£12.50,£3",
	"windows-1252 a pound":  "£9",
	"windows-1252 euros":    "12 €,€3",
	"windows-1252 a euro":   "€9",
	"windows-1252 quotes":   "“Deluxe” mug,Kids’ mug",
	"windows-1252 degrees":  "20° C",
	"iso-8859-15 euro":      "12 €,Crème",
	"euc-kr products":       "무선 이어폰,남성 반팔 티셔츠,김치,라면,삼성 갤럭시,아기 분유",
	"euc-jp products":       "緑茶ペットボトル,おにぎり鮭,チョコレート,タオルセット",
	"windows-1250 Polish":   "Łódź,Żółć,Książka,Święta,Źródło,Paweł",
	"windows-1251 Russian":  "Молоко,Хлеб белый,Иванов Иван,Петрова Анна,Сыр",
	"cp850 German":          "Jürgen Müller,Käthe Schröder,Groß & Söhne,Brötchen",
	"macintosh German":      "Jürgen Müller,Käthe Schröder,Groß & Söhne,Brötchen",
	"utf-8 German":          "Müller",
	"utf-8 Chinese":         "男,女",
	"utf-8 ASCII":           "mug",
	"utf-16le German":       "Müller",
	"utf-16be Chinese":      "男,女",
	"utf-16le ASCII":        "mug",
}

// rowsOf is an export with the words in it.
func rowsOf(words string) string {
	var b strings.Builder
	b.WriteString("order;customer;day;amount;product\r\n")
	for i, w := range strings.Split(words, ",") {
		fmt.Fprintf(&b, "%d;c%d;2024-01-0%d;%d.50;%s\r\n", 1000+i, i%3, 1+i, 3*i, w)
	}
	return b.String()
}

func TestDetect(t *testing.T) {
	for about, words := range texts {
		name, _, _ := strings.Cut(about, " ")
		bytes, err := library[name].NewEncoder().String(rowsOf(words))
		require.NoError(t, err)
		found, err := charset.Detect(iotest.HalfReader(strings.NewReader(bytes)))
		require.NoError(t, err)
		require.Equal(t, charset.Finding{Encoding: name}, found, about)
		text, err := decode(name, bytes)
		require.NoError(t, err)
		require.Equal(t, rowsOf(words), text, about)
	}
}

// The first odd byte may stand anywhere, and so may a word that only one
// encoding has.
func TestDetectLate(t *testing.T) {
	plain := strings.Repeat("1000;c1;2024-01-01;3.50;mug\r\n", 100_000)
	odd, err := charmap.Windows1252.NewEncoder().String(plain + rowsOf("Käse,Brötchen") + plain)
	require.NoError(t, err)
	found, err := charset.Detect(strings.NewReader(odd))
	require.NoError(t, err)
	require.Equal(t, charset.Finding{Encoding: "windows-1252"}, found)
}

// Where two encodings give different text and nothing tells which, none is
// taken.
func TestDetectAsks(t *testing.T) {
	for _, c := range []struct {
		bytes  string
		rivals []string
	}{
		{"T\xf5ke", []string{"windows-1252", "windows-1250"}},          // Tõke or Tőke
		{"\xf9\xec\xe5\xed", []string{"windows-1255", "windows-1251"}}, // שלום or щлен
		{"\xb1\xe8", []string{"gb18030", "euc-kr"}},                    // 辫 or 김
	} {
		found, err := charset.Detect(strings.NewReader(rowsOf(c.bytes)))
		require.NoError(t, err)
		require.Empty(t, found.Encoding, "%q", c.bytes)
		for _, r := range c.rivals {
			require.Contains(t, found.Rivals, r, "%q", c.bytes)
		}
	}
}

// Words in UTF-8 among others are damage, or files put together.
func TestDetectMixed(t *testing.T) {
	for _, words := range []string{
		"Käse,Öl,caf\xe9", "K\xe4se,\xd6l,Brot,M\xfcller,Brötchen", "男士纯棉短袖T恤,苹果手机,\xd6\xd0\xce\xc4",
	} {
		found, err := charset.Detect(strings.NewReader(rowsOf(words)))
		require.NoError(t, err)
		require.Equal(t, charset.Finding{Mixed: true}, found, "%q", words)
	}
}

// An error of what is read is passed on.
func TestDetectFails(t *testing.T) {
	broken := errors.New("broken")
	_, err := charset.Detect(io.MultiReader(strings.NewReader("a,b\n"), iotest.ErrReader(broken)))
	require.ErrorIs(t, err, broken)
	_, err = io.ReadAll(charset.NewReader("gb18030", io.MultiReader(strings.NewReader("a,b\n"), iotest.ErrReader(broken))))
	require.ErrorIs(t, err, broken)
}
