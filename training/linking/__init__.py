"""The linker: `names` (its lexicon), `choice` (which candidate), `linker` (the command)."""
