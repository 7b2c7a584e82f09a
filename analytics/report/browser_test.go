package report_test

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/browser"
)

// axe has the rules of accessibility; `make axe` fetches it.
var axe = filepath.Join("..", "..", "tools", "axe", "node_modules", "axe-core", "axe.min.js")

//go:embed testdata/look.js
var look string

// views are how people look at the page.
var views = map[string]browser.View{
	"phone": {Width: 360, Height: 800},
	"desk":  {Width: 1280, Height: 900},
	"paper": {Width: 794, Height: 1123, Paper: true}, // A4 at 96 dots an inch
}

// coloured are views for the rules of contrast, which go by the colours of the page.
var coloured = map[string]browser.View{
	"phone":      {Width: 360, Height: 800},
	"phone dark": {Width: 360, Height: 800, Dark: true},
	"desk":       {Width: 1280, Height: 900},
	"desk dark":  {Width: 1280, Height: 900, Dark: true},
}

// openBrowser starts Chromium, or skips the test.
func openBrowser(t *testing.T) *browser.Browser {
	t.Helper()
	b, err := browser.Open(t.Context())
	if errors.Is(err, browser.ErrNone) {
		t.Skip(err)
	}
	require.NoError(t, err)
	t.Cleanup(b.Close)
	return b
}

// morePages names pages that are looked at beside those of the shops, with the sign between
// them that paths have: `make screenshots` gives those whose pictures it takes.
const morePages = "PAGES"

// pages are those that are looked at, in both languages: of the bundled shop with and
// without a night before, of Online Retail where it is on this machine, and those named.
func pages(t *testing.T) map[string]string {
	t.Helper()
	if named := filepath.SplitList(os.Getenv(morePages)); len(named) > 0 {
		files := map[string]string{}
		for _, file := range named {
			files[filepath.Base(file)] = file
		}
		return files
	}
	s := bundledShop(t)
	files := map[string]string{"first night": s.first.file, "second night": s.second.file, "chinese": s.chinese.file}
	c := campaignShop(t)
	files["campaigns"], files["campaigns chinese"] = c.second.file, c.chinese.file
	if _, err := os.Stat(onlineRetail); err != nil {
		t.Logf("without the pages of Online Retail: %v", err)
		return files
	}
	o, err := retail()
	require.NoError(t, err)
	files["online retail"], files["online retail chinese"] = o.second.file, o.chinese.file
	return files
}

// eachView calls a function with each page in each view.
func eachView(t *testing.T, views map[string]browser.View, do func(t *testing.T, p *browser.Page)) {
	t.Helper()
	files, b := pages(t), openBrowser(t)
	for name, file := range files {
		for view, v := range views {
			t.Run(name+" "+view, func(t *testing.T) {
				p, err := b.Load("file://"+file, v)
				require.NoError(t, err)
				defer p.Close()
				do(t, p)
			})
		}
	}
}

// TestPageIsSmall holds the pages to what a mail may weigh.
func TestPageIsSmall(t *testing.T) {
	const most = 1_000_000 // bytes
	for name, file := range pages(t) {
		of, err := os.Stat(file)
		require.NoError(t, err)
		require.LessOrEqual(t, of.Size(), int64(most), name)
	}
}

// TestPageOpensOffline looks at the page in each view: no error, no request, nothing wider
// than the screen, no text over another or out of its box.
func TestPageOpensOffline(t *testing.T) {
	eachView(t, views, func(t *testing.T, p *browser.Page) {
		var faults []string
		require.NoError(t, p.Eval(look, &faults))
		require.Empty(t, faults)
		require.Empty(t, p.Problems())
	})
}

// TestTheLookAtPagesSees shows that the test above can fail.
func TestTheLookAtPagesSees(t *testing.T) {
	b := openBrowser(t)
	file := filepath.Join(t.TempDir(), "bad.html")
	bad := `<!DOCTYPE html><html lang="en"><title>x</title><body style="margin:0"><div style="width:2000px">wide</div>
		<p style="width:10px;overflow:hidden;white-space:nowrap">out of its box</p>
		<svg viewBox="0 0 100 60" width="100" height="60"><text x="5" y="40">one</text><text x="6" y="40">two</text><text x="90" y="40">outside</text></svg>
		<img src="https://example.org/a.png"><script>console.error("x"); throw new Error("y")</script>`
	require.NoError(t, os.WriteFile(file, []byte(bad), 0o666))
	p, err := b.Load("file://"+file, views["phone"])
	require.NoError(t, err)
	defer p.Close()
	var faults []string
	require.NoError(t, p.Eval(look, &faults))
	require.Len(t, faults, 4, "%v", faults)
	require.Len(t, p.Problems(), 3, "%v", p.Problems())
}

// violation is what axe finds.
type violation struct {
	ID, Impact, Help string
	Nodes            []struct{ HTML, FailureSummary string }
}

// TestPageIsAccessible holds the page against the rules of axe-core: nothing serious.
func TestPageIsAccessible(t *testing.T) {
	rules, err := os.ReadFile(axe)
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("axe-core is not there; fetch it with: make axe")
	}
	require.NoError(t, err)
	eachView(t, coloured, func(t *testing.T, p *browser.Page) {
		var loaded bool
		require.NoError(t, p.Eval(string(rules)+";true", &loaded))
		var found struct{ Violations []violation }
		require.NoError(t, p.Eval(`axe.run(document, {resultTypes: ["violations"]})`, &found))
		for _, v := range found.Violations {
			text := fmt.Sprintf("%s (%s): %s: %v", v.ID, v.Impact, v.Help, v.Nodes)
			require.NotContains(t, []string{"serious", "critical"}, v.Impact, text)
			t.Log(text)
		}
	})
}
