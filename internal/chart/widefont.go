package chart

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
)

// ErrNoWideFont is the error of a PNG with Chinese characters where the machine has no
// font of them. An SVG needs none: whoever shows it has one.
var ErrNoWideFont = errors.New("a PNG with Chinese characters needs a font that has them, and none was found on this machine; install one, such as Debian's fonts-noto-cjk, or write an SVG")

// wideFonts are the files of fonts with Chinese characters that systems come with: of
// Debian's and Fedora's packages, macOS and Windows.
var wideFonts = []string{
	"NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf", "SourceHanSansCN-Regular.otf",
	"wqy-zenhei.ttc", "wqy-microhei.ttc", "DroidSansFallbackFull.ttf", "DroidSansFallback.ttf", "uming.ttc", "ukai.ttc",
	"PingFang.ttc", "Hiragino Sans GB.ttc", "STHeiti Light.ttc", "msyh.ttc", "msyh.ttf", "simhei.ttf", "simsun.ttc",
}

func fontFolders() []string {
	folders := []string{"/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"}
	if windows := os.Getenv("WINDIR"); windows != "" {
		folders = append(folders, filepath.Join(windows, "Fonts"))
	}
	if home, err := os.UserHomeDir(); err == nil {
		folders = append(folders, filepath.Join(home, ".local/share/fonts"), filepath.Join(home, ".fonts"), filepath.Join(home, "Library/Fonts"))
	}
	return folders
}

// wideFont is the first of wideFonts that the machine has; nil: it has none.
var wideFont = sync.OnceValue(func() *opentype.Font {
	found := map[string]string{}
	for _, folder := range fontFolders() {
		filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error { //nolint:errcheck // what cannot be read has no font for us
			if err == nil && !e.IsDir() && found[e.Name()] == "" {
				found[e.Name()] = path
			}
			return nil
		})
	}
	for _, name := range wideFonts {
		if f := readFont(found[name]); f != nil {
			return f
		}
	}
	return nil
})

// readFont reads a font or, of a collection, that for simplified Chinese or else the first;
// nil where that cannot be done.
func readFont(path string) *opentype.Font {
	if path == "" {
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	fonts, err := opentype.ParseCollection(data)
	if err != nil {
		return nil
	}
	var first *opentype.Font
	for i := range fonts.NumFonts() {
		f, err := fonts.Font(i)
		if err != nil {
			continue
		}
		if first == nil {
			first = f
		}
		if name, err := f.Name(nil, sfnt.NameIDFull); err == nil && strings.Contains(name, " SC") {
			return f
		}
	}
	return first
}

// faceOf is the font that a run of narrow or wide characters is drawn with.
func faceOf(run string, f font.Font) font.Face {
	face := fonts.Lookup(f, f.Size)
	if wide := wideFont; run != "" && isWide([]rune(run)[0]) && wide() != nil {
		face.Face = wide()
	}
	return face
}

// hasWide tells whether text has a character that our own fonts lack.
func hasWide(txt string) bool {
	for _, r := range txt {
		if isWide(r) {
			return true
		}
	}
	return false
}
