// Plain for the simplest of browsers; without scripts the button of the form does the same.
document.forms[0].submit();
