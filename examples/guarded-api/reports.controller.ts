import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { CurrentToken, CurrentUser, RequireScopes, type User, type VerifiedAccessToken } from 'gatehouse';

/** An API for access tokens: every route needs reports:read, and one of them more. */
@Controller('reports')
@RequireScopes('reports:read')
export class ReportsController {
  @Get()
  list(@CurrentUser() user: User | undefined, @CurrentToken() token: VerifiedAccessToken) {
    return { for: user?.email ?? token.clientId };
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScopes('reports:write')
  remove(@Param('id') _id: string): void {}
}
