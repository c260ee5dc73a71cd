import { BadRequestException, Body, Controller, Post } from '@nestjs/common';
import { CurrentToken, RequireScopes, RequireSignIn, type VerifiedAccessToken } from 'gatehouse';

/** Routes of the application: one for access tokens, one for everybody, one for end users who are signed in. */
@Controller('notes')
export class NotesController {
  @Post()
  @RequireScopes('notes:write')
  write(@Body() body: { text?: string }, @CurrentToken() token: VerifiedAccessToken) {
    if (body.text === undefined) throw new BadRequestException(['text is missing']);
    return { text: body.text, by: token.clientId };
  }

  @Post('echo')
  echo(@Body() body: unknown) {
    return body;
  }

  @Post('mine')
  @RequireSignIn()
  mine() {
    return {};
  }
}
