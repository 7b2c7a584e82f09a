package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// View is how a page is looked at.
type View struct {
	Width, Height int64 // in CSS pixels
	Dark          bool  // the colours that the reader prefers
	Paper         bool  // as it is printed
	Scale         float64
}

// Page is a page that is open. It is offline: nothing is loaded from elsewhere.
type Page struct {
	ctx   context.Context
	close context.CancelFunc

	mu       sync.Mutex
	problems []string
	own      string // the page itself
}

// Load opens a page at a URL. What goes wrong from then on is in [Page.Problems].
func (b *Browser) Load(url string, v View) (*Page, error) {
	ctx, stop := chromedp.NewContext(b.ctx)
	p := &Page{ctx: ctx, close: stop, own: url}
	chromedp.ListenTarget(ctx, p.notice)
	err := chromedp.Run(ctx,
		network.Enable(), network.EmulateNetworkConditions(true, 0, -1, -1), // offline
		v.emulate(),
		chromedp.Navigate(url))
	if err != nil {
		stop()
		return nil, fmt.Errorf("%s: %w", url, err)
	}
	return p, nil
}

func (v View) emulate() chromedp.Tasks {
	colours, media := "light", ""
	if v.Dark {
		colours = "dark"
	}
	if v.Paper {
		media = "print"
	}
	scale := v.Scale
	if scale == 0 {
		scale = 1
	}
	return chromedp.Tasks{
		emulation.SetDeviceMetricsOverride(v.Width, v.Height, scale, v.Width < 500),
		emulation.SetEmulatedMedia().WithMedia(media).WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: colours}}),
	}
}

// notice keeps what a page should not do.
func (p *Page) notice(event any) {
	problem := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		problem = "exception: " + e.ExceptionDetails.Error()
	case *runtime.EventConsoleAPICalled:
		problem = "console: " + string(e.Type)
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; u != p.own && !strings.HasPrefix(u, "data:") {
			problem = "request: " + u
		}
	}
	if problem != "" {
		p.mu.Lock()
		p.problems = append(p.problems, problem)
		p.mu.Unlock()
	}
}

// Problems are what the page did that it should not: errors, words on the console, and
// requests for anything but itself.
func (p *Page) Problems() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.problems
}

// Close closes the page.
func (p *Page) Close() { p.close() }

// Eval runs an expression in the page and reads what it gives, also where that comes later.
func (p *Page) Eval(expression string, into any) error {
	var text []byte
	err := chromedp.Run(p.ctx, chromedp.Evaluate(expression, &text, func(e *runtime.EvaluateParams) *runtime.EvaluateParams {
		return e.WithAwaitPromise(true).WithReturnByValue(true)
	}))
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

// Picture is the whole page as a PNG.
func (p *Page) Picture() (png []byte, err error) {
	err = chromedp.Run(p.ctx, chromedp.FullScreenshot(&png, 100))
	return png, err
}

// PDF is the page as it is printed, on A4.
func (p *Page) PDF() (pdf []byte, err error) {
	const a4Width, a4Height = 8.27, 11.69 // inches
	err = chromedp.Run(p.ctx, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = page.PrintToPDF().WithPaperWidth(a4Width).WithPaperHeight(a4Height).WithPreferCSSPageSize(true).Do(ctx)
		return err
	}))
	return pdf, err
}
