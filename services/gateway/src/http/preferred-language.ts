/** Which of our languages an Accept-Language header asks for first; undefined when neither is named. */
export function preferredLanguage(header: string | undefined): 'ko' | 'en' | undefined {
  const wishes = (header ?? '')
    .slice(0, 512)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = Number(/^\s*q=([\d.]+)/.exec(parameters.join(';'))?.[1] ?? 1)
      return { language: tag.split('-')[0], quality: Number.isNaN(quality) ? 0 : quality }
    })
  const [best] = wishes
    .filter(({ language, quality }) => (language === 'ko' || language === 'en') && quality > 0)
    .sort((a, b) => b.quality - a.quality)
  return best?.language === 'ko' ? 'ko' : best === undefined ? undefined : 'en'
}
