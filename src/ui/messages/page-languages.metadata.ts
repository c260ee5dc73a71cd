import { Injectable } from '@nestjs/common';
import { MetadataSource } from '../../common/extension/metadata-source.js';
import { PageLanguages } from './page-languages.js';

/** Tells clients which `ui_locales` pages can follow (RFC 8414 section 2), where there is more than English to choose. */
@Injectable()
@MetadataSource()
export class PageLanguagesMetadata implements MetadataSource {
  constructor(private readonly languages: PageLanguages) {}

  metadata() {
    const { tags } = this.languages;
    return tags.length === 1 ? {} : { ui_locales_supported: tags };
  }
}
