// Package charset reads text of any encoding as UTF-8, and finds out in which
// encoding a text is.
//
// In come the bytes of one export, already uncompressed; out comes its text in
// UTF-8. Decoding is strict: a byte that the encoding does not know is an
// [*Error], and never a sign that stands for something unknown.
//
//	names.go      what people call an encoding -> its name
//	table.go      what golang.org/x/text knows of an encoding -> a table
//	decode.go     bytes -> UTF-8, by a table
//	utf8.go       bytes that should be UTF-8 already
//	utf16.go      bytes of UTF-16 -> UTF-8
//	detect.go     bytes -> the name of their encoding
//	likely.go     how likely a word is in an encoding and a language
//	languages.go  which characters languages use
package charset
