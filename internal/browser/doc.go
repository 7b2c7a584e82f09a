// Package browser looks at pages in Chromium, for tests and pictures of pages. The program
// itself needs no browser.
package browser
