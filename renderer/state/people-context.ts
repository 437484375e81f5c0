import { createContext } from 'react';

/** The name behind a person's id, as far as this station knows it; the id itself otherwise. */
export const PeopleContext = createContext<(personId: string) => string>((personId) => personId);
