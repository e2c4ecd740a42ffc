/** The owner's application: everything but the booking pages. */

import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { Toaster } from "../components/Toaster";
import { newQueryClient } from "../lib/api/queryClient";
import { showLocale, useSpoken } from "../lib/i18n/locale";
import { showTheme } from "../lib/theme/theme";
import "../styles/base.css";
import { OwnerRoutes } from "./routes";

showLocale(useSpoken.getState().locale);
showTheme();

const root = document.getElementById("root");
if (!root) throw new Error("the document has no place for the application");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={newQueryClient()}>
      <BrowserRouter>
        <OwnerRoutes />
      </BrowserRouter>
      <Toaster />
    </QueryClientProvider>
  </StrictMode>,
);
