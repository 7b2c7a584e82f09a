// Command screenshots takes pictures of pages in Chromium, to be looked at: on a phone, at a
// desk and on paper, in light and in dark.
//
//	go run ./benchmarks/screenshots -o DIR PAGE.html...
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"clientele/internal/browser"
)

// views are how pages are looked at, by name.
var views = []struct {
	name string
	browser.View
}{
	{"phone", browser.View{Width: 360, Height: 800}},
	{"phone-dark", browser.View{Width: 360, Height: 800, Dark: true}},
	{"desk", browser.View{Width: 1280, Height: 900}},
	{"desk-dark", browser.View{Width: 1280, Height: 900, Dark: true}},
	{"paper", browser.View{Width: 794, Height: 1123, Paper: true}}, // A4 at 96 dots an inch
}

func main() {
	log.SetFlags(0)
	out := flag.String("o", ".", "the folder of the pictures")
	flag.Parse()
	if err := run(*out, flag.Args()); err != nil {
		log.Fatal(err)
	}
}

func run(out string, pages []string) error {
	b, err := browser.Open(context.Background())
	if err != nil {
		return err
	}
	defer b.Close()
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	for _, page := range pages {
		path, err := filepath.Abs(page)
		if err != nil {
			return err
		}
		for _, v := range views {
			name := filepath.Join(out, strings.TrimSuffix(filepath.Base(page), ".html")+"-"+v.name)
			if err := look(b, "file://"+path, v.View, name); err != nil {
				return err
			}
			fmt.Println(name)
		}
	}
	return nil
}

// look takes the picture of a page; of paper, the pages too.
func look(b *browser.Browser, url string, v browser.View, name string) error {
	p, err := b.Load(url, v)
	if err != nil {
		return err
	}
	defer p.Close()
	png, err := p.Picture()
	if err != nil {
		return err
	}
	if err := os.WriteFile(name+".png", png, 0o666); err != nil || !v.Paper {
		return err
	}
	pdf, err := p.PDF()
	if err != nil {
		return err
	}
	return os.WriteFile(name+".pdf", pdf, 0o666)
}
