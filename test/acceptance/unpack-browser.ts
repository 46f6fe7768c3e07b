// A program: unpacks the browser into the folder for temporary files, which is the one place that its package knows.
import chromium from '@sparticuz/chromium';

await chromium.executablePath();
