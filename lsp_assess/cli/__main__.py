from lsp_assess.cli import main

main()
